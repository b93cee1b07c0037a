import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { answerGet, givenSession, problem } from '@/testing/api'
import { faults } from '@/testing/axe'
import { makeCourse } from '@/testing/factories'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import type { Assignment, Submission } from './queries'

const makeAssignment = (over: Partial<Assignment> = {}): Assignment => ({
  id: 'assignment-1',
  course_id: 'course-1',
  course_title: 'Formative assessment',
  module_id: null,
  content_id: null,
  kind: 'MANUAL',
  origin: 'MANUAL',
  title: 'A lesson plan',
  instructions: 'Plan one lesson.',
  due_date: '2020-01-31',
  max_score: 20,
  passing_score: 10,
  is_mandatory: true,
  is_published: true,
  submission_count: 2,
  to_grade_count: 1,
  quiz: null,
  created_at: '2026-01-15T08:00:00.000Z',
  updated_at: '2026-01-15T08:00:00.000Z',
  ...over,
})

const makeSubmission = (over: Partial<Submission> = {}): Submission => ({
  id: 'submission-1',
  assignment_id: 'assignment-1',
  teacher_id: 'teacher-1',
  teacher_name: 'Amina Okafor',
  teacher_email: 'amina@greenfield.test',
  status: 'SUBMITTED',
  text: 'We begin with a question.',
  files: [
    {
      file_id: 'file-1',
      file_name: 'plan.pdf',
      media_type: 'application/pdf',
      size_bytes: 2048,
      url: '/media/files/plan',
    },
  ],
  is_late: true,
  score: null,
  feedback: '',
  submitted_at: '2026-01-20T08:00:00.000Z',
  graded_at: null,
  ...over,
})

const pageOf = <T,>(results: T[]) => ({
  count: results.length,
  next: null,
  previous: null,
  results,
})

beforeEach(() => {
  givenSession({ role: 'SCHOOL_ADMIN' })
  answerGet('/api/tenants/settings', { time_zone: 'UTC' })
  answerGet('/api/courses', pageOf([makeCourse()]))
  answerGet('/api/assignments', pageOf([makeAssignment()]))
  answerGet('/api/assignments/assignment-1', makeAssignment())
  answerGet('/api/assignments/assignment-1/submissions', pageOf([makeSubmission()]))
})

it('lists what was set, and filters it through the address', async () => {
  const asked: string[] = []
  server.use(
    http.get('*/api/assignments', ({ request }) => {
      asked.push(new URL(request.url).search)
      return HttpResponse.json(pageOf([makeAssignment()]))
    }),
  )
  const { user, container } = renderApp('/admin/assignments?kind=QUIZ')
  const row = (await screen.findByRole('link', { name: 'A lesson plan' })).closest('tr')
  expect(row).toHaveTextContent('Formative assessment')
  expect(row).toHaveTextContent(/1 to grade\s*2/)
  expect(row).toHaveTextContent('31 Jan 2020, past')
  expect(asked.at(-1)).toContain('kind=QUIZ')
  await user.selectOptions(screen.getByLabelText('Status'), 'Draft')
  await waitFor(() => expect(asked.at(-1)).toContain('is_published=false'))
  expect(await faults(container)).toEqual([])
})

it('makes a new one, and says what is missing first', async () => {
  let sent: unknown
  server.use(
    http.post('*/api/assignments', async ({ request }) => {
      sent = await request.json()
      return HttpResponse.json(makeAssignment(), { status: 201 })
    }),
  )
  answerGet('/api/courses/course-1', {
    ...makeCourse(),
    modules: [{ id: 'module-1', title: 'First steps', description: '', order: 1, contents: [] }],
  })
  const { user, router } = renderApp('/admin/assignments')
  await user.click(await screen.findByRole('button', { name: 'New assignment' }))
  const dialog = await screen.findByRole('dialog', { name: 'New assignment' })
  await user.click(within(dialog).getByRole('button', { name: 'Create the assignment' }))
  expect(await within(dialog).findAllByText(/Choose the course it belongs to/)).not.toEqual([])
  await user.click(within(dialog).getByRole('combobox', { name: 'Course' }))
  await user.click(await screen.findByRole('option', { name: /Formative assessment/ }))
  await user.selectOptions(await within(dialog).findByLabelText('Belongs to'), 'First steps')
  await user.type(within(dialog).getByLabelText('Title'), 'A lesson plan')
  await user.type(within(dialog).getByLabelText('Instructions'), 'Plan one lesson.')
  const passing = within(dialog).getByLabelText('Score to pass')
  await user.clear(passing)
  await user.type(passing, '50')
  expect(await faults(dialog)).toEqual([])
  await user.click(within(dialog).getByRole('button', { name: 'Create the assignment' }))
  await waitFor(() =>
    expect(router.state.location.pathname).toBe('/admin/assignments/assignment-1'),
  )
  expect(sent).toEqual({
    course_id: 'course-1',
    module_id: 'module-1',
    kind: 'MANUAL',
    title: 'A lesson plan',
    instructions: 'Plan one lesson.',
    due_date: null,
    max_score: 100,
    passing_score: 50,
    is_mandatory: true,
    is_published: true,
  })
})

it('grades what was handed in', async () => {
  let graded: unknown
  server.use(
    http.post('*/api/submissions/submission-1/grade', async ({ request }) => {
      graded = await request.json()
      return HttpResponse.json(makeSubmission({ status: 'GRADED', score: 12.5 }))
    }),
  )
  const { user, container } = renderApp('/admin/assignments/assignment-1')
  expect(await screen.findByText(/10 of 20 to pass/)).toBeVisible()
  expect(await screen.findByText('Late')).toBeVisible()
  expect(await faults(container)).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Grade: Amina Okafor' }))
  const dialog = await screen.findByRole('dialog', { name: 'Amina Okafor' })
  expect(within(dialog).getByText('We begin with a question.')).toBeVisible()
  expect(within(dialog).getByRole('link', { name: 'Download plan.pdf' })).toHaveAttribute(
    'href',
    '/media/files/plan',
  )
  const score = within(dialog).getByLabelText('Score')
  await user.type(score, '21')
  await user.click(within(dialog).getByRole('button', { name: 'Save the grade' }))
  expect((await within(dialog).findAllByText(/Enter a number from 0 to 20/))[0]).toBeVisible()
  await user.clear(score)
  await user.type(score, '12.5')
  await user.type(within(dialog).getByLabelText('Feedback'), 'Good.')
  expect(await faults(dialog)).toEqual([])
  await user.click(within(dialog).getByRole('button', { name: 'Save the grade' }))
  await waitFor(() => expect(dialog).not.toBeInTheDocument())
  expect(graded).toEqual({ score: 12.5, feedback: 'Good.' })
})

it('says why a quiz is not published, and changes its details', async () => {
  const quiz = makeAssignment({ kind: 'QUIZ', max_score: 100, is_published: false })
  answerGet('/api/assignments/assignment-1', quiz)
  let sent: unknown
  server.use(
    http.patch('*/api/assignments/assignment-1', async ({ request }) => {
      sent = await request.json()
      return problem(409, 'quiz_empty')
    }),
  )
  const { user } = renderApp('/admin/assignments/assignment-1')
  await user.click(await screen.findByRole('button', { name: 'Publish' }))
  expect(await screen.findByText('A quiz is published once a question is accepted.')).toBeVisible()
  expect(sent).toEqual({ is_published: true })
  await user.click(screen.getByRole('tab', { name: 'Details' }))
  const title = await screen.findByLabelText('Title')
  await user.clear(title)
  server.use(
    http.patch('*/api/assignments/assignment-1', async ({ request }) => {
      sent = await request.json()
      return HttpResponse.json({ ...quiz, title: 'Checks' })
    }),
  )
  await user.type(title, 'Checks')
  // The other tab would take the form away.
  await user.click(screen.getByRole('tab', { name: 'The quiz' }))
  await user.click(await screen.findByRole('button', { name: 'Stay here' }))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByRole('heading', { level: 1, name: 'Checks' })).toBeVisible()
  expect(sent).toMatchObject({ title: 'Checks', passing_score: 10 })
})
