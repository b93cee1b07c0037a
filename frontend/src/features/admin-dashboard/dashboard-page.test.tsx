import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { answerGet, givenSession, problem } from '@/testing/api'
import { faults } from '@/testing/axe'
import { makeCourse, makeStats } from '@/testing/factories'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'

const page = <T,>(results: T[], count = results.length) => ({
  count,
  next: null,
  previous: null,
  results: results as never[],
})
const plainLook = {
  logo_url: null,
  primary_color: '#1d4ed8',
  secondary_color: '#0f766e',
  time_zone: 'Asia/Tokyo',
}

beforeEach(() => {
  givenSession({ role: 'SCHOOL_ADMIN' })
  answerGet('/api/tenants/stats', { ...makeStats(), trial_ends_on: '2026-01-02' })
  answerGet('/api/tenants/settings', plainLook)
  answerGet('/api/tenants/analytics', {
    completion_trend: [{ completed: 3 }, { completed: 5 }],
    engagement: [
      { week: '2026-11-09', active_people: 9, contents_completed: 4 },
      { week: '2026-11-16', active_people: 8, contents_completed: 6 },
    ],
  })
  answerGet('/api/courses', page([makeCourse()]))
  answerGet(
    '/api/reports/course-completion',
    page(
      [
        {
          teacher_id: 't1',
          teacher_name: 'Nora Weiss',
          course_id: 'c1',
          course_title: 'Calm routines',
          deadline: '2026-11-18',
        },
      ],
      7,
    ),
  )
  answerGet('/api/reports/assignment-status', page([]))
  answerGet(
    '/api/audit',
    page([
      {
        id: 'e1',
        at: '2026-01-15T08:00:00.000Z',
        action: 'course.published',
        actor_email: 'ada@riverside.example',
        object_name: 'Maths 101',
      },
    ]),
  )
  answerGet('/api/notifications/unread-count', { count: 0 })
  server.use(http.get('*/api/notifications/stream', () => new HttpResponse(null, { status: 503 })))
})

it('shows what is to be set up, how it goes, who is late and what happened, each leading on', async () => {
  const { user } = renderApp('/admin')
  const setup = await screen.findByRole('region', { name: 'Get your school going' })
  expect(within(setup).getByText('3/4')).toBeVisible()
  expect(
    within(setup).getByRole('link', { name: 'Go: Make it look like your school' }),
  ).toHaveAttribute('href', '/admin/settings')
  expect(screen.getByText(/Its last day is 2 Jan 2026/)).toBeVisible()
  expect(await screen.findByText('2 more courses completed than last month')).toBeVisible()
  expect(screen.getByText('1 person fewer than last week so far')).toBeVisible()
  const late = within(screen.getByRole('region', { name: 'Overdue' }))
  expect(await late.findByRole('link', { name: 'Nora Weiss' })).toHaveAttribute(
    'href',
    '/admin/teachers/t1',
  )
  expect(late.getByRole('link', { name: 'All 7 overdue courses' })).toHaveAttribute(
    'href',
    '/admin/reports?report=completion&status=OVERDUE',
  )
  const recent = within(await screen.findByRole('region', { name: 'Latest changes' }))
  expect(await recent.findByText(/Maths 101/)).toHaveTextContent('Maths 101')
  expect(await faults()).toEqual([])

  await user.click(within(setup).getByRole('button', { name: 'Hide this' }))
  expect(screen.queryByText('Get your school going')).not.toBeInTheDocument()
})

it('keeps the rest of the page when one part fails, and drops the first steps once they are done', async () => {
  answerGet('/api/tenants/settings', {
    ...plainLook,
    logo_url: '/media/logo.png',
  })
  // A school on a paid plan.
  answerGet('/api/tenants/stats', makeStats())
  let isBroken = true
  server.use(
    http.get('*/api/reports/course-completion', () =>
      isBroken ? problem(422, 'out_of_order') : HttpResponse.json(page([])),
    ),
  )
  const { user } = renderApp('/admin')
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('What is overdue could not be loaded')
  expect(await screen.findByText(/Your plan has room for 50/)).toBeVisible()
  expect(screen.queryByText(/Its last day is/)).not.toBeInTheDocument()
  isBroken = false
  await user.click(within(alert).getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('Nobody is late with anything.')).toBeVisible()
  await waitFor(() => expect(screen.queryByText('Get your school going')).not.toBeInTheDocument())
})
