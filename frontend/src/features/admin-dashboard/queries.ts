import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import {
  type Answer,
  getAnalytics,
  getSchoolStats,
  getSettings,
  listCourses,
  listSchoolAudit,
  reportAssignmentStatus,
  reportCourseCompletion,
  type SchoolStats,
} from '@/lib/api/operations'

export type Settings = Answer<typeof getSettings<true>>

/** This month and the one before: enough to say what moved. */
const MONTHS = 2
const OVERDUE_SHOWN = 4
const ENTRIES_SHOWN = 6

export const statsQuery = queryOptions({
  queryKey: ['school-stats'],
  queryFn: async ({ signal }): Promise<SchoolStats> => (await getSchoolStats({ signal })).data,
})

export const analyticsQuery = queryOptions({
  queryKey: ['analytics', MONTHS, null],
  queryFn: async ({ signal }) => (await getAnalytics({ query: { months: MONTHS }, signal })).data,
})

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: async ({ signal }) => (await getSettings({ signal })).data,
})

/** Whether anybody has been given one of the newest published courses. */
export const isAssignedQuery = queryOptions({
  queryKey: ['courses', 'is-assigned'],
  queryFn: async ({ signal }) => {
    const query = { is_published: true, page_size: 20 }
    const { data } = await listCourses({ query, signal })
    return data.results.some(
      (course) =>
        course.assigned_to_all ||
        course.assigned_groups.length > 0 ||
        course.assigned_teachers.length > 0,
    )
  },
})

/** Something that somebody has not done in time. */
export interface Late {
  key: string
  personId: string
  person: string
  title: string
  day: string | null
  kind: 'course' | 'assignment'
}

export interface LatePeople {
  courses: number
  assignments: number
  first: Late[]
}

/** The first of what is overdue, courses and assignments, the oldest first. */
export const overdueQuery = queryOptions({
  queryKey: ['reports', 'overdue'],
  queryFn: async ({ signal }): Promise<LatePeople> => {
    const query = { status: 'OVERDUE', page_size: OVERDUE_SHOWN }
    const [courses, assignments] = await Promise.all([
      reportCourseCompletion({ query, signal }),
      reportAssignmentStatus({ query, signal }),
    ])
    // Asked for JSON, a report is a page and no job.
    if (!('results' in courses.data) || !('results' in assignments.data)) {
      throw new Error('a report came as something else than a page')
    }
    const late: Late[] = [
      ...courses.data.results.map((row) => ({
        key: `${row.teacher_id}/${row.course_id}`,
        personId: row.teacher_id,
        person: row.teacher_name || row.teacher_email,
        title: row.course_title,
        day: row.deadline,
        kind: 'course' as const,
      })),
      ...assignments.data.results.map((row) => ({
        key: `${row.teacher_id}/${row.assignment_id}`,
        personId: row.teacher_id,
        person: row.teacher_name || row.teacher_email,
        title: row.assignment_title,
        day: row.due_date,
        kind: 'assignment' as const,
      })),
    ]
    return {
      courses: courses.data.count,
      assignments: assignments.data.count,
      first: late.toSorted((a, b) => (a.day ?? '').localeCompare(b.day ?? '')),
    }
  },
})

export const activityQuery = queryOptions({
  queryKey: ['audit', 'newest'],
  queryFn: async ({ signal }) =>
    (await listSchoolAudit({ query: { page: 1, page_size: ENTRIES_SHOWN }, signal })).data.results,
  placeholderData: keepPreviousData,
})
