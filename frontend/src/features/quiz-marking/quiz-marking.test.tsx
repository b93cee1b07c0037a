import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { answerGet, givenSession, problem } from '@/testing/api'
import { faults } from '@/testing/axe'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import type { AnsweredQuestion, Attempt, AttemptDetail, Decision, WaitingQuestion } from './queries'

const ASSIGNMENT = '/api/assignments/assignment-1'

const makeAttempt = (over: Partial<Attempt> = {}): Attempt => ({
  id: 'attempt-1',
  teacher: { id: 'teacher-1', name: 'Amina Okafor', email: 'amina@school.example' },
  quiz_version: 1,
  number: 1,
  state: 'GRADED',
  started_at: '2026-11-20T09:00:00Z',
  submitted_at: '2026-11-20T09:05:00Z',
  graded_at: '2026-11-20T09:05:00Z',
  score: 50,
  passed: false,
  waiting_answers: 0,
  is_late: false,
  ...over,
})

const makeQuestion = (over: Partial<AnsweredQuestion> = {}): AnsweredQuestion => ({
  id: 'question-1',
  order: 1,
  kind: 'MCQ',
  prompt: 'When do they check?',
  points: 1,
  options: [
    { id: 'o1', text: 'At the end', is_correct: true },
    { id: 'o2', text: 'At the start', is_correct: false },
  ],
  accepted_answers: [],
  explanation: '',
  evidence: null,
  is_withdrawn: false,
  answer: { option_id: 'o2' },
  verdict: 'WRONG',
  decided_by: null,
  ...over,
})

const TYPED = makeQuestion({
  id: 'question-2',
  order: 2,
  kind: 'SHORT_ANSWER',
  prompt: 'What is it called?',
  options: [],
  accepted_answers: ['exit ticket'],
  answer: { text: 'exit card' },
})

const makeDetail = (over: Partial<AttemptDetail> = {}): AttemptDetail => ({
  ...makeAttempt(),
  assignment_id: 'assignment-1',
  assignment_title: 'Quiz: Why check',
  course_title: 'Checking',
  passing_score: 70,
  questions: [makeQuestion(), TYPED],
  ...over,
})

const makeDecision = (over: Partial<Decision> = {}): Decision => ({
  attempt_id: 'attempt-1',
  state: 'GRADED',
  score: 100,
  passed: true,
  waiting_answers: 0,
  decided: 2,
  attempts_regraded: 0,
  newly_graded: 2,
  scores_raised: 0,
  newly_passed: 2,
  ...over,
})

const makeWaiting = (over: Partial<WaitingQuestion> = {}): WaitingQuestion => ({
  question_id: 'question-3',
  assignment_id: 'assignment-1',
  assignment_title: 'Quiz: Why check',
  course_title: 'Checking',
  prompt: 'Why do they check?',
  points: 1,
  explanation: '',
  evidence: null,
  accepted_answers: [],
  waiting: 3,
  waiting_since: '2026-11-20T09:05:00Z',
  answers: [
    answer('attempt-1', 'Amina Okafor', 'To plan'),
    answer('attempt-2', 'Ben Roe', 'to  plan!'),
    answer('attempt-3', 'Cora Li', 'No idea'),
  ],
  ...over,
})

const answer = (id: string, name: string, text: string): WaitingQuestion['answers'][number] => ({
  attempt_id: id,
  teacher_name: name,
  text,
  submitted_at: '2026-11-20T09:05:00Z',
})

const page = (results: object[]) => ({
  count: results.length,
  next: null,
  previous: null,
  results: results as [],
})

beforeEach(() => {
  givenSession({ role: 'SCHOOL_ADMIN' })
  answerGet(ASSIGNMENT, { id: 'assignment-1', title: 'Quiz: Why check', course_id: 'course-1' })
  answerGet('/api/tenants/settings', { time_zone: 'UTC' })
})

it('lists attempts, and asks for those that wait', async () => {
  const asked: string[] = []
  server.use(
    http.get(`*${ASSIGNMENT}/attempts`, ({ request }) => {
      const { searchParams } = new URL(request.url)
      asked.push(`${searchParams.get('state')} ${searchParams.get('ordering')}`)
      return HttpResponse.json(
        page([
          makeAttempt(),
          makeAttempt({ id: 'attempt-2', state: 'SUBMITTED', score: null, waiting_answers: 2 }),
        ]),
      )
    }),
  )
  const { user, container } = renderApp('/admin/assignments/assignment-1/attempts')
  const name = 'Attempts at “Quiz: Why check”'
  expect(await screen.findByRole('heading', { level: 1, name })).toBeVisible()
  const [link] = await screen.findAllByRole('link', { name: 'Amina Okafor' })
  expect(link).toHaveAttribute('href', '/admin/assignments/assignment-1/attempts/attempt-1')
  expect(screen.getAllByText('Not passed')[0]).toBeVisible()
  expect(screen.getAllByText('Waits to be read')[0]).toBeVisible()
  expect(await faults(container)).toEqual([])
  await user.selectOptions(screen.getByLabelText('Show'), 'SUBMITTED')
  await waitFor(() => expect(asked.at(-1)).toBe('SUBMITTED null'))
})

it('shows one attempt, and decides an answer otherwise', async () => {
  answerGet('/api/attempts/attempt-1', makeDetail())
  const sent: unknown[] = []
  server.use(
    http.post('*/api/attempts/attempt-1/answers/question-2/decide', async ({ request }) => {
      sent.push(await request.json())
      return sent.length === 1
        ? problem(409, 'already_decided', { detail: 'Somebody else has decided it.' })
        : HttpResponse.json(makeDecision())
    }),
  )
  const { user, container } = renderApp('/admin/assignments/assignment-1/attempts/attempt-1')
  const name = 'Amina Okafor’s attempt'
  expect(await screen.findByRole('heading', { level: 1, name })).toBeVisible()
  expect(await screen.findByText('This is what was chosen')).toBeVisible()
  expect(screen.getByText('exit card')).toBeVisible()
  expect(await faults(container)).toEqual([])
  const always = screen.getByRole('button', { name: 'Always right: question 2' })
  await user.click(always)
  expect(await screen.findByText('Somebody else has decided it.')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Right: question 2' }))
  await waitFor(() => expect(sent).toHaveLength(2))
  const plain = { is_right: true, same_answers: false, overrule: false }
  expect(sent).toEqual([
    { ...plain, accept_for_all: true },
    { ...plain, accept_for_all: false },
  ])
})

it('keeps what is not handed in to its author', async () => {
  const kept = { answer: null, verdict: null }
  answerGet(
    '/api/attempts/attempt-1',
    makeDetail({
      state: 'OPEN',
      score: null,
      questions: [makeQuestion(kept), { ...TYPED, ...kept }],
    }),
  )
  renderApp('/admin/assignments/assignment-1/attempts/attempt-1')
  expect(await screen.findByText(/You see the answers once it is/)).toBeVisible()
  expect(screen.queryByRole('button', { name: /^Right/ })).toBeNull()
})

it('mends a question, and says before whom that reaches', async () => {
  answerGet('/api/attempts/attempt-1', makeDetail())
  const sent: Record<string, unknown>[] = []
  server.use(
    http.post(`*${ASSIGNMENT}/questions/question-1/mend`, async ({ request }) => {
      sent.push((await request.json()) as Record<string, unknown>)
      return HttpResponse.json({
        attempts_regraded: 4,
        people: 3,
        newly_graded: 0,
        scores_raised: 2,
        newly_passed: 1,
      })
    }),
  )
  const { user } = renderApp('/admin/assignments/assignment-1/attempts/attempt-1')
  await user.click(await screen.findByRole('button', { name: 'Mend this question: question 1' }))
  const dialog = await screen.findByRole('dialog', { name: 'Mend this question' })
  await user.click(within(dialog).getByRole('button', { name: 'Mend and grade again' }))
  expect(within(dialog).getByText('Change something first.')).toBeVisible()
  await user.click(within(dialog).getByLabelText('At the start'))
  expect(await within(dialog).findByText(/3 people have answered it/)).toBeVisible()
  expect(within(dialog).getByText(/1 person passes who had not passed/)).toBeVisible()
  expect(await faults(dialog)).toEqual([])
  await user.click(within(dialog).getByRole('button', { name: 'Mend and grade again' }))
  await waitFor(() => expect(dialog).not.toBeInTheDocument())
  expect(sent[0]).toEqual({ correct_option_id: 'o2', dry_run: true })
  expect(sent.at(-1)).toEqual({ correct_option_id: 'o2' })
})

it('judges answers with the same words at once, by keys', async () => {
  let results = [makeWaiting()]
  const sent: string[] = []
  server.use(
    http.get('*/api/quiz-answers/waiting', () => HttpResponse.json(page(results))),
    http.post('*/api/attempts/:attempt/answers/question-3/decide', async ({ request, params }) => {
      sent.push(`${String(params['attempt'])} ${JSON.stringify(await request.json())}`)
      results = sent.length === 1 ? [makeWaiting({ waiting: 1, answers: [noIdea] })] : []
      return HttpResponse.json(makeDecision({ decided: sent.length === 1 ? 2 : 1 }))
    }),
  )
  const noIdea = answer('attempt-3', 'Cora Li', 'No idea')
  const { user, container } = renderApp('/admin/assignments/waiting')
  expect(await screen.findByRole('heading', { name: 'Why do they check?' })).toBeVisible()
  const plan = screen.getByRole('listitem', { name: '“To plan” by Amina Okafor, Ben Roe' })
  expect(await faults(container)).toEqual([])
  plan.focus()
  await user.keyboard('{ArrowDown}')
  expect(screen.getByRole('listitem', { name: /^“No idea”/ })).toHaveFocus()
  await user.keyboard('{ArrowUp}r')
  expect(await screen.findByText('2 answers count as right.')).toBeInTheDocument()
  await waitFor(() => expect(plan).not.toBeInTheDocument())
  await waitFor(() => expect(screen.getByRole('listitem', { name: /^“No idea”/ })).toHaveFocus())
  await user.keyboard('w')
  expect(await screen.findByText('Everything is read')).toBeVisible()
  expect(sent).toEqual([
    'attempt-1 {"is_right":true,"same_answers":true,"accept_for_all":false,"overrule":false}',
    'attempt-3 {"is_right":false,"same_answers":true,"accept_for_all":false,"overrule":false}',
  ])
})

it('says when the queue cannot be had', async () => {
  server.use(http.get('*/api/quiz-answers/waiting', () => problem(404, 'not_found')))
  renderApp('/admin/assignments/waiting')
  expect(await screen.findByText('The answers could not be loaded')).toBeVisible()
})
