import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import type { Notification } from '@/lib/api/operations'
import { answerGet, givenSession } from '@/testing/api'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'

const notice = (over: Partial<Notification> = {}): Notification => ({
  id: '0192-1',
  kind: 'COURSE_ASSIGNED',
  title: 'A new course for you',
  message: 'Formative assessment',
  link: '/teacher/courses',
  is_read: false,
  created_at: '2026-01-15T08:00:00.000Z',
  ...over,
})

const list = (...results: Notification[]) => ({
  count: results.length,
  next: null,
  previous: null,
  results,
})

/** A stream of the server, and how often and from where it was asked for. */
function givenStream() {
  const asked: (string | null)[] = []
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  server.use(
    http.get('*/api/notifications/stream', ({ request }) => {
      asked.push(request.headers.get('Last-Event-ID'))
      const body = new ReadableStream<Uint8Array>({ start: (opened) => void (controller = opened) })
      return new HttpResponse(body, { headers: { 'Content-Type': 'text/event-stream' } })
    }),
  )
  return {
    asked,
    send: (text: string) => controller?.enqueue(new TextEncoder().encode(text)),
    end: () => controller?.close(),
  }
}

beforeEach(() => {
  givenSession()
  answerGet('/api/teacher/courses', list())
  answerGet('/api/notifications/unread-count', { count: 2 })
})

it('counts, hears of news while the page is open, and goes on after an interruption', async () => {
  const stream = givenStream()
  let lists = 0
  server.use(
    http.get('*/api/teacher/courses', () => {
      lists += 1
      return HttpResponse.json(list())
    }),
  )
  renderApp('/teacher/courses')
  await screen.findByRole('button', { name: 'Notifications, 2 unread' })
  await waitFor(() => expect(stream.asked).toEqual([null]))

  // Events come in pieces, as the network likes.
  const event = `event: notification\nid: 0192-7\ndata: ${JSON.stringify(notice({ id: '0192-7' }))}`
  stream.send('retry: 3000\n\nevent: unread\ndata: {"cou')
  stream.send(`nt": 3}\n\n${event}\n\n: beat\n\n`)
  await screen.findByRole('button', { name: 'Notifications, 3 unread' })
  await screen.findByText('A new course for you')
  // The page below shows it as well, without a reload.
  await waitFor(() => expect(lists).toBe(2))

  stream.end()
  await waitFor(() => {
    dispatchEvent(new Event('online'))
    expect(stream.asked).toEqual([null, '0192-7'])
  })
})

it('shows the latest, and marks what was opened as read', async () => {
  const read: string[] = []
  answerGet(
    '/api/notifications',
    list(notice(), notice({ id: '0192-0', title: 'Older', link: '' })),
  )
  server.use(
    http.post('*/api/notifications/:id/read', ({ params }) => {
      read.push(String(params.id))
      return HttpResponse.json({ count: 1 })
    }),
  )
  const { user, router } = renderApp('/teacher/profile')
  answerGet('/api/users/auth/preferences', { mail: true, digest: false, muted: [], unmailed: [] })
  answerGet('/api/users/auth/otp', { is_enrolled: false, recovery_codes_left: 0 })
  answerGet('/api/users/auth/sessions', list())
  await user.click(await screen.findByRole('button', { name: 'Notifications, 2 unread' }))
  const dialog = await screen.findByRole('dialog', { name: 'Notifications' })
  await user.click(await within(dialog).findByRole('link', { name: 'A new course for you' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/teacher/courses'))
  await waitFor(() => expect(read).toEqual(['0192-1']))
})
