import { screen, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { faults } from '@/testing/axe'
import { givenSession, problem } from '@/testing/api'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import type { Member } from './queries'

const member: Member = {
  id: 'p1',
  email: 'ben@greenfield.test',
  first_name: 'Ben',
  last_name: 'Asante',
  role: 'TEACHER',
  department: 'Maths',
  designation: 'Teacher',
  profile_picture_url: null,
  overall_progress: 55,
  completed_courses: 1,
  overdue_count: 1,
  courses: [
    {
      course_id: 'c1',
      title: 'Reading aloud',
      is_mandatory: true,
      deadline: '2026-01-05',
      status: 'OVERDUE',
      percentage: 10,
      completed_at: null,
    },
  ],
  overdue_assignments: [
    { assignment_id: 'a1', title: 'One routine', course_id: 'c1', due_date: '2026-01-04' },
  ],
  submission_count: 3,
  waiting_count: 1,
  submissions: [
    {
      assignment_id: 'a2',
      title: 'Plan a lesson',
      kind: 'REFLECTION',
      course_id: 'c1',
      course_title: 'Reading aloud',
      status: 'PASSED',
      score: 8,
      max_score: 10,
      submitted_at: '2026-01-03T10:00:00Z',
      graded_at: '2026-01-04T10:00:00Z',
    },
  ],
}

beforeEach(() => {
  givenSession({ role: 'HOD' })
  server.use(
    http.get('*/api/teacher/team', ({ request }) => {
      const search = new URL(request.url).searchParams.get('search') ?? ''
      const results = member.first_name.includes(search) ? [member] : []
      return HttpResponse.json({ count: results.length, next: null, previous: null, results })
    }),
  )
})

it('shows how each person gets on, and the details on request', async () => {
  const { user, router } = renderApp('/teacher/team')
  const row = within(await screen.findByRole('row', { name: /Ben Asante/ }))
  expect(row.getByRole('progressbar', { name: 'Progress: Ben Asante' })).toBeVisible()
  expect(row.getByText('1 overdue')).toBeVisible()
  expect(row.getByText('(1 waiting for a grade)')).toBeVisible()
  await user.click(row.getByRole('link', { name: 'Ben Asante' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Ben Asante' }))
  expect(router.state.location.search).toBe('?person=p1')
  expect(dialog.getByText('since 4 Jan 2026')).toBeVisible()
  expect(dialog.getByText('Plan a lesson')).toBeVisible()
  expect(dialog.getByText('The newest 1 of 3.')).toBeVisible()
  expect(await faults()).toEqual([])
  await user.click(dialog.getByRole('button', { name: 'Close' }))
  await user.type(await screen.findByRole('searchbox', { name: 'Search by name or email' }), 'Zoe')
  expect(await screen.findByRole('heading', { name: 'Nobody matches “Zoe”' })).toBeVisible()
})

it('says what failed', async () => {
  server.use(http.get('*/api/teacher/team', () => problem(503, 'unavailable')))
  renderApp('/teacher/team')
  expect(await screen.findByRole('alert')).toHaveTextContent('Your team could not be loaded')
})
