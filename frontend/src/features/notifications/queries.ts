import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import {
  countUnread,
  listNotifications,
  readAllNotifications,
  readNotification,
} from '@/lib/api/operations'
import { sessionStore } from '@/lib/auth/session-store'
import { tellOtherTabs } from './notice-stream'

/** How many the popover shows. */
const LATEST = 5
const PAGE = 20

export const noticeKeys = {
  unread: ['notices', 'unread'],
  lists: ['notices', 'list'],
} as const

export const unreadQuery = queryOptions({
  queryKey: noticeKeys.unread,
  queryFn: async ({ signal }) => (await countUnread({ signal })).data.count,
})

export const latestQuery = queryOptions({
  queryKey: [...noticeKeys.lists, 'latest'],
  queryFn: async ({ signal }) =>
    (await listNotifications({ query: { page_size: LATEST }, signal })).data.results,
})

/** One page of the whole list; `cursor` is where the page before ended. */
export const fetchPage = async (cursor: string | null, signal: AbortSignal) =>
  (
    await listNotifications({
      query: { page_size: PAGE, ...(cursor === null ? {} : { cursor }) },
      signal,
    })
  ).data

/** The cursor of the page after, out of its address. */
export const cursorOf = (next: string | null): string | null =>
  next === null ? null : new URL(next, location.origin).searchParams.get('cursor')

type SessionState = ReturnType<typeof sessionStore.getState>

/** Names whose notifications these are: a visit in one tab has nothing to do with the others. */
export const noticeSession = ({ user, visit }: SessionState): string | undefined =>
  visit?.id ?? user?.id

/** Marks one, or with `null` all of them, as read. */
export function useMarkRead() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (id: string | null) => {
      if (id === null) await readAllNotifications()
      else await readNotification({ path: { notification_id: id } })
    },
    onSuccess: () => {
      const session = noticeSession(sessionStore.getState())
      if (session) tellOtherTabs(session)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['notices'] }),
  })
}
