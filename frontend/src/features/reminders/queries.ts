import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import {
  type announce,
  type Answer,
  getAssignment,
  getCourse,
  getSettings,
  listReminderDeliveries,
  listReminders,
  previewReminder,
} from '@/lib/api/operations'

export type Reminder = Answer<typeof listReminders<true>>['results'][number]
export type Kind = Reminder['kind']
export type Counts = Reminder['counts']
export type Delivery = Answer<typeof listReminderDeliveries<true>>['results'][number]
export type Preview = Answer<typeof previewReminder<true>>
export type ReminderRequest = Parameters<typeof previewReminder>[0]['body']
export type Announcement = Parameters<typeof announce>[0]['body']

interface PageQuery {
  page: number
  page_size: number
}

/** Mails leave within seconds: while some wait, the page looks again this often, in milliseconds. */
const LOOK_AGAIN_MS = 4000

export const REMINDERS = ['reminders'] as const

export const remindersQuery = (query: PageQuery) =>
  queryOptions({
    queryKey: [...REMINDERS, 'list', query],
    queryFn: async ({ signal }) => (await listReminders({ query, signal })).data,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.results.some(({ counts }) => counts.queued > 0) ? LOOK_AGAIN_MS : false,
  })

/** The API has no reminder by itself: it stands among the newest, or so long ago that its people must do. */
const AMONG = 100

export const reminderQuery = (id: string) =>
  queryOptions({
    queryKey: [...REMINDERS, 'one', id],
    queryFn: async ({ signal }) => {
      const query = { page: 1, page_size: AMONG }
      const { results } = (await listReminders({ query, signal })).data
      return results.find((reminder) => reminder.id === id) ?? null
    },
    refetchInterval: ({ state }) => ((state.data?.counts.queued ?? 0) > 0 ? LOOK_AGAIN_MS : false),
  })

export const deliveriesQuery = (id: string, query: PageQuery) =>
  queryOptions({
    queryKey: [...REMINDERS, 'deliveries', id, query],
    queryFn: async ({ signal }) =>
      (await listReminderDeliveries({ path: { reminder_id: id }, query, signal })).data,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.results.some((delivery) => delivery.state === 'QUEUED') ? LOOK_AGAIN_MS : false,
  })

/** Whom it would reach, and the standard words. Nothing is sent. */
export const previewQuery = (body: ReminderRequest | null) =>
  queryOptions({
    queryKey: [...REMINDERS, 'preview', body],
    queryFn: async ({ signal }) => {
      if (body === null) throw new Error('there is nothing to preview yet')
      return (await previewReminder({ body, signal })).data
    },
    enabled: body !== null,
    // People finish things meanwhile.
    staleTime: 0,
    placeholderData: keepPreviousData,
  })

/** What a reminder is about, by name. */
export const subjectQuery = ({
  course_id,
  assignment_id,
}: Pick<Reminder, 'course_id' | 'assignment_id'>) =>
  queryOptions({
    queryKey: [...REMINDERS, 'about', course_id, assignment_id],
    queryFn: async ({ signal }) => {
      if (assignment_id !== null) {
        return (await getAssignment({ path: { assignment_id }, signal })).data.title
      }
      if (course_id !== null) return (await getCourse({ path: { course_id }, signal })).data.title
      return null
    },
    enabled: course_id !== null || assignment_id !== null,
  })

/** The school's clock, by which its mails are told. */
export const timeZoneQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: async ({ signal }) => (await getSettings({ signal })).data,
  select: (settings) => settings.time_zone,
})
