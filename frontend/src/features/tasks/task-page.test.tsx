import { screen, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { faults } from '@/testing/axe'
import { answerGet, givenSession, problem } from '@/testing/api'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import type { TaskDetail } from './queries'

const TASK = '/api/teacher/assignments/task-1'
const makeTask = (over: Partial<TaskDetail> = {}): TaskDetail => ({
  id: 'task-1',
  course_id: 'course-1',
  course_title: 'Formative assessment',
  content_id: 'content-1',
  title: 'Reflection',
  instructions: 'What will you try?',
  kind: 'REFLECTION',
  due_date: '2026-01-05',
  is_mandatory: true,
  max_score: 10,
  passing_score: 6,
  submission_status: 'PENDING',
  score: null,
  feedback: '',
  is_quiz: false,
  is_late: true,
  submission_text: '',
  files: [],
  submitted_at: null,
  graded_at: null,
  ...over,
})

beforeEach(() => {
  givenSession()
})

it('keeps what is written, takes files, and hands both in after a question', async () => {
  answerGet(TASK, makeTask())
  const page = renderApp('/teacher/assignments/task-1')
  const { user } = page
  await user.click(await screen.findByRole('button', { name: 'Hand in' }))
  expect(screen.getByText('Write something, or add a file.')).toBeVisible()
  expect(screen.getByText(/it will be marked as late/)).toBeVisible()

  await user.type(screen.getByRole('textbox', { name: 'Your text' }), 'More wait time')
  expect(screen.getByText('3 words')).toBeVisible()
  expect(screen.getByText(/^Draft kept on this device/)).toBeVisible()
  page.unmount()
  renderApp('/teacher/assignments/task-1')
  expect(await screen.findByRole('textbox', { name: 'Your text' })).toHaveValue('More wait time')

  server.use(
    http.post('*/api/uploads/submission-file', () =>
      HttpResponse.json(
        {
          file_id: 'file-1',
          url: '/media/x',
          file_name: 'plan.pdf',
          media_type: 'application/pdf',
          size_bytes: 2048,
        },
        { status: 201 },
      ),
    ),
  )
  const file = new File(['%PDF'], 'plan.pdf', { type: 'application/pdf' })
  await user.upload(screen.getByLabelText(/Files.*Choose files/), file)
  expect(await screen.findByRole('button', { name: 'Remove plan.pdf' })).toBeVisible()
  expect(await faults()).toEqual([])

  const sent: unknown[] = []
  const done = makeTask({
    submission_status: 'SUBMITTED',
    submission_text: 'More wait time',
    submitted_at: '2026-01-06T10:00:00Z',
  })
  server.use(
    http.post(`*${TASK}/submit`, () => HttpResponse.error(), { once: true }),
    http.post(`*${TASK}/submit`, async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json(done)
    }),
  )
  answerGet(TASK, done)
  await user.click(screen.getByRole('button', { name: 'Hand in' }))
  const dialog = within(await screen.findByRole('alertdialog', { name: 'Hand this in?' }))
  await user.click(dialog.getByRole('button', { name: 'Hand in' }))
  expect(await dialog.findByRole('alert')).toHaveTextContent('We cannot reach the server.')
  await user.click(dialog.getByRole('button', { name: 'Hand in' }))
  expect(await screen.findByRole('region', { name: 'What you handed in' })).toBeVisible()
  expect(sent).toEqual([{ submission_text: 'More wait time', file_ids: ['file-1'] }])
  expect(screen.getByRole('button', { name: 'Change it' })).toBeVisible()
  expect(localStorage.getItem('lms.task.01920000-0000-7000-8000-000000000001.task-1')).toBeNull()
})

it('shows what came back, and takes nothing more', async () => {
  answerGet(
    TASK,
    makeTask({
      submission_status: 'PASSED',
      score: 8,
      feedback: 'Clear and honest.',
      submission_text: 'Mine',
      submitted_at: '2026-01-04T10:00:00Z',
      graded_at: '2026-01-06T10:00:00Z',
      is_late: false,
    }),
  )
  renderApp('/teacher/assignments/task-1')
  const result = within(await screen.findByRole('region', { name: 'Your result' }))
  expect(result.getByText('8 of 10 points')).toBeVisible()
  expect(result.getByText('Clear and honest.')).toBeVisible()
  expect(screen.queryByRole('button', { name: /Hand in|Change/ })).toBeNull()
  expect(await faults()).toEqual([])
})

it('says when it is not there', async () => {
  server.use(http.get(`*${TASK}`, () => problem(404, 'not_found')))
  renderApp('/teacher/assignments/task-1')
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'This assignment is not available to you',
  )
})
