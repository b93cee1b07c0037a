import { screen, within } from '@testing-library/react'
import { http } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { faults } from '@/testing/axe'
import { answerGet, givenSession, problem } from '@/testing/api'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import type { Task } from './queries'

const TASKS = '/api/teacher/assignments'
const makeTask = (over: Partial<Task>): Task => ({
  id: 'task-1',
  course_id: 'course-1',
  course_title: 'Formative assessment',
  content_id: null,
  title: 'Reflection',
  instructions: 'Think.',
  kind: 'REFLECTION',
  due_date: null,
  is_mandatory: true,
  max_score: 10,
  passing_score: 6,
  submission_status: 'PENDING',
  score: null,
  feedback: '',
  is_quiz: false,
  is_late: false,
  ...over,
})
const answer = (...tasks: Task[]) =>
  answerGet(TASKS, { count: tasks.length, next: null, previous: null, results: tasks })

beforeEach(() => {
  givenSession()
})

it('puts every assignment where it belongs, and counts', async () => {
  answer(
    makeTask({ id: 'a', title: 'Open one' }),
    makeTask({
      id: 'b',
      title: 'Quiz again',
      is_quiz: true,
      submission_status: 'FAILED',
      score: 40,
    }),
    makeTask({ id: 'c', title: 'Old one', due_date: '2026-01-05', is_late: true }),
    makeTask({ id: 'd', title: 'Waiting', submission_status: 'SUBMITTED', is_late: true }),
    makeTask({ id: 'e', title: 'Good one', submission_status: 'PASSED', score: 8.5 }),
  )
  const { user, router } = renderApp('/teacher/assignments')
  const list = within(await screen.findByRole('list', { name: 'To do' }))
  expect(list.getByRole('link', { name: 'Open one' })).toHaveAttribute(
    'href',
    '/teacher/assignments/a',
  )
  expect(list.getByRole('link', { name: 'Quiz again' })).toHaveAttribute(
    'href',
    '/teacher/assignments/b/quiz',
  )
  const open = async (tab: RegExp) => {
    await user.click(screen.getByRole('link', { name: tab }))
  }
  await open(/^Overdue.*\(1\)/)
  expect(router.state.location.search).toBe('?tab=overdue')
  expect(await screen.findByText('Overdue since 5 Jan 2026')).toBeVisible()
  await open(/^Submitted.*\(1\)/)
  expect(await screen.findByText('Late')).toBeVisible()
  await open(/^Graded.*\(1\)/)
  expect(await screen.findByText('8.5 of 10 points')).toBeVisible()
  expect(await faults()).toEqual([])
})

it('explains what is empty, and what failed', async () => {
  answer()
  const { unmount } = renderApp('/teacher/assignments')
  expect(await screen.findByRole('heading', { name: 'No assignments yet' })).toBeVisible()
  unmount()
  server.use(http.get(`*${TASKS}`, () => problem(500, 'internal_error')))
  const { user } = renderApp('/teacher/assignments?tab=graded')
  const alert = await screen.findByRole('alert')
  answer(makeTask({}))
  await user.click(within(alert).getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('Nothing has been graded yet.')).toBeVisible()
})
