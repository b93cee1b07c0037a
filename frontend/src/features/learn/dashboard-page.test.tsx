import { screen, within } from '@testing-library/react'
import { http } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { faults } from '@/testing/axe'
import { answerGet, givenSession, problem } from '@/testing/api'
import { makeContent, makeCourseDetail } from '@/testing/factories'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'

const DASHBOARD = '/api/teacher/dashboard'
const stats = {
  overall_progress: 41.7,
  total_courses: 3,
  completed_courses: 1,
  pending_assignments: 2,
}

beforeEach(() => {
  givenSession()
})

it('leads back to where the person stopped, and says what is due', async () => {
  answerGet(DASHBOARD, {
    stats,
    continue_learning: {
      course_id: 'course-1',
      course_title: 'Formative assessment',
      percentage: 40,
      content_id: 'content-1',
      content_title: 'Why check at all',
      content_type: 'VIDEO',
      resume_seconds: 1100,
    },
    deadlines: [
      { type: 'quiz', id: 'q1', title: 'Quiz on checks', due: '2026-11-20', days_left: -2 },
      { type: 'course', id: 'c1', title: 'Reading aloud', due: '2026-11-22', days_left: 0 },
      { type: 'assignment', id: 'a1', title: 'Reflection', due: '2026-11-25', days_left: 3 },
    ],
  })
  answerGet(
    '/api/teacher/courses/course-1',
    makeCourseDetail([makeContent({ duration_seconds: 1860 })]),
  )
  renderApp('/teacher')
  expect(await screen.findByRole('heading', { name: 'Hello, Amina', level: 1 })).toBeVisible()
  const card = within(await screen.findByRole('region', { name: 'Continue learning' }))
  expect(await card.findByText('12:40 left of 31:00')).toBeVisible()
  expect(card.getByRole('link', { name: 'Resume' })).toHaveAttribute(
    'href',
    '/teacher/courses/course-1/contents/content-1',
  )
  const overdue = within(screen.getByRole('region', { name: 'Overdue' }))
  expect(overdue.getByRole('link', { name: /Quiz on checks.*2 days late/ })).toHaveAttribute(
    'href',
    '/teacher/assignments/q1/quiz',
  )
  const soon = within(screen.getByRole('region', { name: 'Due soon' }))
  expect(soon.getByRole('link', { name: /Reading aloud.*due today/ })).toBeVisible()
  expect(soon.getByRole('link', { name: /Reflection.*3 days left/ })).toBeVisible()
  expect(screen.getByRole('progressbar', { name: 'Progress in all your courses' })).toHaveAttribute(
    'aria-valuetext',
    '41%',
  )
  expect(screen.getByText('1 of 3 courses completed')).toBeVisible()
  expect(screen.getByText('2 assignments to do')).toBeVisible()
  expect(await faults()).toEqual([])
})

it('praises who is done, and welcomes who has nothing yet', async () => {
  answerGet(DASHBOARD, { stats, continue_learning: null, deadlines: [] })
  const { unmount } = renderApp('/teacher')
  expect(await screen.findByText('You are done with everything')).toBeVisible()
  expect(screen.getByText('Nothing is due. Well done!')).toBeVisible()
  unmount()
  answerGet(DASHBOARD, {
    stats: { ...stats, total_courses: 0 },
    continue_learning: null,
    deadlines: [],
  })
  renderApp('/teacher')
  expect(await screen.findByRole('heading', { name: 'Nothing assigned yet' })).toBeVisible()
})

it('says what failed and tries again', async () => {
  server.use(http.get(`*${DASHBOARD}`, () => problem(500, 'internal_error')))
  const { user } = renderApp('/teacher')
  const alert = await screen.findByRole('alert')
  answerGet(DASHBOARD, { stats, continue_learning: null, deadlines: [] })
  await user.click(within(alert).getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('You are done with everything')).toBeVisible()
})
