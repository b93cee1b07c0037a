import { screen, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { answerGet, givenSession, problem } from '@/testing/api'
import { faults } from '@/testing/axe'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import type { CompletionRow } from './queries'

const row = (over: Partial<CompletionRow>): CompletionRow => ({
  teacher_id: 't1',
  teacher_name: 'Nora Weiss',
  teacher_email: 'nora@riverside.example',
  department: 'Science',
  course_id: 'c1',
  course_title: 'Calm routines',
  deadline: '2026-11-18',
  status: 'OVERDUE',
  percentage: 25,
  completed_at: null,
  ...over,
})
const rows = [
  row({}),
  row({ teacher_id: 't2', teacher_name: 'Liam Byrne', status: 'IN_PROGRESS' }),
  row({
    teacher_id: 't3',
    teacher_name: 'Priya Raman',
    status: 'COMPLETED',
    percentage: 100,
    completed_at: '2026-11-10T08:00:00Z',
  }),
]

/** Answers as the API does: rows of a status, and how many they are. */
function givenRows(all: CompletionRow[]) {
  const asked: URLSearchParams[] = []
  server.use(
    http.get('*/api/reports/course-completion', ({ request }) => {
      const query = new URL(request.url).searchParams
      asked.push(query)
      const status = query.get('status')
      const results = all.filter((each) => status === null || each.status === status)
      return HttpResponse.json({ count: results.length, next: null, previous: null, results })
    }),
  )
  return asked
}

beforeEach(() => {
  givenSession({ role: 'SCHOOL_ADMIN' })
  answerGet('/api/tenants/settings', { time_zone: 'Asia/Tokyo' })
  answerGet('/api/tenants/analytics', { departments: [{ department: 'Science' }] })
  answerGet('/api/courses', { count: 0, next: null, previous: null, results: [] })
  answerGet('/api/courses/c1', { id: 'c1', title: 'Calm routines', is_published: true })
  answerGet('/api/teacher-groups', { count: 0, next: null, previous: null, results: [] })
  answerGet('/api/notifications/unread-count', { count: 0 })
  server.use(
    http.get('*/api/notifications/stream', () => new HttpResponse(null, { status: 503 })),
    http.post('*/api/reminders/preview', () => problem(500, 'internal')),
    http.get('*/api/teachers/:id', () => problem(404, 'not_found')),
    http.get('*/api/teachers', () =>
      HttpResponse.json({ count: 0, next: null, previous: null, results: [] }),
    ),
  )
})

it('shows who stands where, leads to the person, and carries the chosen ones to a reminder', async () => {
  const asked = givenRows(rows)
  const { user, router } = renderApp('/admin/reports?department=Science')
  const done = await screen.findByRole('row', { name: /Priya Raman/ })
  // A moment of the report is one on the school's clock.
  expect(await within(done).findByText(/10 Nov 2026, 17:00/)).toBeVisible()
  expect(within(done).queryByRole('checkbox')).not.toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Nora Weiss' })).toHaveAttribute(
    'href',
    '/admin/teachers/t1',
  )
  expect(
    await screen.findByText(/completed 1 of their 3 courses \(33%\); 1 are overdue/),
  ).toBeVisible()
  expect(asked.every((query) => query.get('department') === 'Science')).toBe(true)
  expect(screen.getByText(/To remind people, choose them/)).toBeVisible()
  expect(await faults()).toEqual([])

  await user.click(screen.getByRole('checkbox', { name: /Nora Weiss/ }))
  await user.click(screen.getByRole('checkbox', { name: /Liam Byrne/ }))
  await user.click(screen.getByRole('button', { name: 'Remind these 2' }))
  expect(await screen.findByRole('heading', { name: 'Write a reminder' })).toBeVisible()
  expect(router.state.location.search).toBe('?course=c1&teachers=t1%2Ct2')
})

it('reminds everybody of one course who has not finished it', async () => {
  givenRows(rows)
  const { user, router } = renderApp('/admin/reports?course=c1')
  await user.click(await screen.findByRole('button', { name: 'Remind these 2' }))
  expect(await screen.findByRole('heading', { name: 'Write a reminder' })).toBeVisible()
  // The server knows who they are.
  expect(router.state.location.search).toBe('?course=c1')
})

it('tells nothing yet from nothing that fits, and a picture that failed from rows that came', async () => {
  givenRows([])
  const { user } = renderApp('/admin/reports?status=COMPLETED')
  expect(await screen.findByText('Nothing fits these filters')).toBeVisible()
  const [clear] = screen.getAllByRole('button', { name: 'Clear filters' })
  if (clear) await user.click(clear)
  expect(await screen.findByText('Nothing to report yet')).toBeVisible()
  expect(screen.getByText('There is nobody and nothing to count here.')).toBeVisible()

  server.use(
    http.get('*/api/reports/engagement', ({ request }) =>
      new URL(request.url).searchParams.has('status')
        ? problem(422, 'out_of_order')
        : HttpResponse.json({
            count: 1,
            next: null,
            previous: null,
            results: [
              {
                teacher_id: 't1',
                teacher_name: 'Nora Weiss',
                teacher_email: '',
                department: '',
                last_active_at: null,
                active_days: 0,
                contents_started: 0,
                contents_completed: 0,
                submissions: 0,
                quiz_attempts: 0,
              },
            ],
          }),
    ),
  )
  await user.click(screen.getByRole('link', { name: 'Engagement' }))
  const idle = await screen.findByRole('row', { name: /Nora Weiss/ })
  expect(idle).toHaveTextContent('Did nothing')
  expect(idle).toHaveTextContent('Never')
  expect(await screen.findByText('The picture could not be loaded')).toBeVisible()
})
