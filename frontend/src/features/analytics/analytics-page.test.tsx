import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { answerGet, givenSession, problem } from '@/testing/api'
import { faults } from '@/testing/axe'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import type { Analytics, QuestionRule } from './queries'

const analytics: Analytics = {
  months: 6,
  course_id: null,
  engagement: [
    { week: '2026-11-09', active_people: 5, contents_completed: 9, submissions: 2 },
    { week: '2026-11-16', active_people: 8, contents_completed: 21, submissions: 4 },
  ],
  completion_trend: [
    { month: '2026-10-01', completed: 3, total_completed: 3 },
    { month: '2026-11-01', completed: 4, total_completed: 7 },
  ],
  departments: [
    { department: 'Science', people: 3, average_progress: 40, completion_rate: 30, overdue: 1 },
    { department: '', people: 2, average_progress: 80, completion_rate: 75, overdue: 0 },
  ],
  assignments: { pending: 0, submitted: 0, graded: 0, passed: 0, failed: 0, overdue: 0 },
}

const rule: QuestionRule = {
  generator: 'rules-en/1',
  rule: 'definition',
  proposed: 12,
  waiting: 1,
  accepted: 6,
  edited: 2,
  rejected: 3,
  stale: 0,
  reasons: [
    { reason: 'Too easy.', count: 2 },
    { reason: '', count: 1 },
  ],
}

beforeEach(() => {
  givenSession({ role: 'SCHOOL_ADMIN' })
  answerGet('/api/courses', { count: 0, next: null, previous: null, results: [] })
  answerGet('/api/notifications/unread-count', { count: 0 })
  answerGet('/api/reports/question-rules', { rules: [rule] })
  server.use(http.get('*/api/notifications/stream', () => new HttpResponse(null, { status: 503 })))
})

it('says each picture in a sentence, and asks again for another time', async () => {
  const asked: string[] = []
  server.use(
    http.get('*/api/tenants/analytics', ({ request }) => {
      asked.push(new URL(request.url).search)
      return HttpResponse.json(analytics)
    }),
  )
  const { user, router } = renderApp('/admin/analytics')
  const activity = (await screen.findByRole('heading', { name: 'Activity' })).closest('figure')
  expect(activity).toHaveTextContent('30 lessons were completed and 6 assignments handed in')
  expect(
    screen.getByText(/7 courses were completed.*4 this month, 3 the month before/),
  ).toBeVisible()
  expect(screen.getByText(/Science has completed the most of its courses \(30%\)/)).toBeVisible()
  // No assignments at all is no ring of zeros.
  expect(screen.getByText('No published course has assignments or quizzes yet.')).toBeVisible()
  expect(await screen.findByRole('img', { name: 'Completed courses' })).toBeVisible()
  expect(await screen.findByText('12 questions proposed')).toBeVisible()
  expect(screen.getByText('“Too easy.” (2×)')).toBeVisible()
  expect(await faults()).toEqual([])

  await user.selectOptions(screen.getByLabelText('Time'), 'The last 12 months')
  expect(router.state.location.search).toBe('?months=12')
  await waitFor(() => expect(asked).toEqual(['?months=6', '?months=12']))
})

it('offers to try again when the figures do not come', async () => {
  let isBroken = true
  server.use(
    http.get('*/api/tenants/analytics', () =>
      isBroken ? problem(422, 'out_of_order') : HttpResponse.json(analytics),
    ),
  )
  const { user } = renderApp('/admin/analytics')
  const alert = await screen.findByRole('alert')
  isBroken = false
  await user.click(within(alert).getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('heading', { name: 'Activity' })).toBeVisible()
})
