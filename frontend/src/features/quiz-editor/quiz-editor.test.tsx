import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { answerGet, givenSession, problem } from '@/testing/api'
import { faults } from '@/testing/axe'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import type { Assignment, Question, Quiz } from './queries'
import { useReviewPrefs } from './review-prefs'

const PATH = '/api/assignments/assignment-1'
const PAGE = '/admin/assignments/assignment-1/questions'

const makeQuestion = (order: number, over: Partial<Question> = {}): Question => ({
  id: `question-${order}`,
  order,
  kind: 'MCQ',
  prompt: `What is it, number ${order}?`,
  options: [
    { id: 'o1', text: 'A check', is_correct: true },
    { id: 'o2', text: 'A mark', is_correct: false },
  ],
  accepted_answers: [],
  points: 1,
  explanation: '',
  evidence: { quote: 'A check on learning.', start: 65, end: 70 },
  origin: 'RULES',
  review: 'DRAFT',
  review_reason: '',
  said_now: null,
  ...over,
})

const makeQuiz = (questions: Question[], over: Partial<Quiz> = {}): Quiz => ({
  assignment_id: 'assignment-1',
  quiz_id: 'quiz-1',
  version: 1,
  state: 'DRAFT',
  state_reason: '',
  state_codes: [],
  language: 'en',
  attempts_allowed: 3,
  time_limit_seconds: 90,
  passing_score: 70,
  updated_at: '2026-01-15T08:00:00.000Z',
  questions,
  ...over,
})

const assignment: Assignment = {
  id: 'assignment-1',
  course_id: 'course-1',
  course_title: 'Formative assessment',
  module_id: 'module-1',
  content_id: 'content-1',
  kind: 'QUIZ',
  origin: 'GENERATED',
  title: 'Quiz: Why check',
  instructions: 'Answer.',
  due_date: null,
  max_score: 100,
  passing_score: 70,
  is_mandatory: true,
  is_published: false,
  submission_count: 0,
  to_grade_count: 0,
  quiz: null,
  created_at: '2026-01-15T08:00:00.000Z',
  updated_at: '2026-01-15T08:00:00.000Z',
}

const card = (name: RegExp) => screen.getByRole('listitem', { name })

/** Answers as the server: the question as it is after the review, and whatever was sent. */
function givenReviews(questions: Question[]) {
  const sent: unknown[] = []
  let now = questions
  server.use(
    http.post(`*${PATH}/questions/:id/review`, async ({ request, params }) => {
      const body = (await request.json()) as { action: string; reason?: string }
      sent.push([params.id, body])
      const review = body.action === 'accept' ? 'ACCEPTED' : 'REJECTED'
      now = now.map((each) =>
        each.id === params.id
          ? Object.assign({}, each, { review, review_reason: body.reason ?? '' })
          : each,
      )
      return HttpResponse.json(makeQuiz(now))
    }),
  )
  return sent
}

beforeEach(() => {
  givenSession({ role: 'SCHOOL_ADMIN' })
  useReviewPrefs.setState({ singleKeys: true })
  answerGet(PATH, assignment)
  answerGet(`${PATH}/question-flags`, { flags: [] })
})

it('reviews question after question with single keys', async () => {
  const questions = [makeQuestion(1), makeQuestion(2), makeQuestion(3)]
  answerGet(`${PATH}/questions`, makeQuiz(questions))
  const sent = givenReviews(questions)
  const { user, container } = renderApp(PAGE)
  const first = await screen.findByRole('listitem', { name: 'Question 1: To review' })
  expect(within(first).getByText('“A check on learning.”')).toBeVisible()
  expect(within(first).getByText(/A check/, { selector: 'li span' })).toHaveTextContent(
    'A check (Correct answer)',
  )
  expect(await faults(container)).toEqual([])

  // Outside the list a letter is a letter.
  await user.keyboard('a')
  expect(sent).toEqual([])
  first.focus()
  await user.keyboard('a')
  expect(await screen.findByRole('listitem', { name: 'Question 1: Accepted' })).toBeVisible()
  await waitFor(() => expect(card(/^Question 2/)).toHaveFocus())
  expect(
    screen.getByText('Question 1 is accepted. 2 questions left to review.'),
  ).toBeInTheDocument()

  await user.keyboard('r')
  const dialog = await screen.findByRole('alertdialog', { name: 'Reject question 2?' })
  await user.keyboard('bare guess{Enter}')
  await waitFor(() => expect(dialog).not.toBeInTheDocument())
  await waitFor(() => expect(card(/^Question 3/)).toHaveFocus())
  expect(screen.getByText('Rejected because: bare guess')).toBeVisible()
  expect(sent).toEqual([
    ['question-1', { action: 'accept' }],
    ['question-2', { action: 'reject', reason: 'bare guess' }],
  ])

  await user.keyboard('{ArrowUp}')
  expect(card(/^Question 2/)).toHaveFocus()
  await user.keyboard('e')
  expect(await within(card(/^Question 2/)).findByLabelText('Question')).toHaveFocus()
  // In a field, the same letters are text.
  await user.keyboard('area')
  expect(screen.getByDisplayValue(/area/)).toHaveFocus()
  expect(sent).toHaveLength(2)
})

it('shows what the captions say now beside what they said, and why the quiz waits', async () => {
  const stale = { review: 'STALE' } as const
  const questions = [
    makeQuestion(1, { ...stale, said_now: 'A check on yearning.' }),
    makeQuestion(2, { ...stale, said_now: '' }),
    makeQuestion(3, { review: 'ACCEPTED' }),
  ]
  answerGet(
    `${PATH}/questions`,
    makeQuiz(questions, {
      state_reason: 'Only 1 good question was found, and nobody answered.',
      state_codes: ['GENERATOR_UNAVAILABLE', 'TOO_FEW_QUESTIONS'],
    }),
  )
  const sent = givenReviews(questions)
  const { user, container } = renderApp(PAGE)
  const name = 'Question 1: Captions changed: check it again'
  const first = within(await screen.findByRole('listitem', { name }))
  expect(first.getByText('“A check on learning.”')).toBeVisible()
  expect(first.getByText('“A check on yearning.”')).toBeVisible()
  expect(within(card(/^Question 2/)).getByText('Nobody speaks there any more.')).toBeVisible()
  expect(within(card(/^Question 3/)).queryByText('The captions say there now')).toBeNull()
  expect(
    screen.getByText(/service that writes questions did not answer.*Too few good questions/),
  ).toBeVisible()
  expect(screen.queryByText(/Only 1 good question/)).toBeNull()
  expect(await faults(container)).toEqual([])
  await user.click(first.getByRole('button', { name: 'Accept: question 1' }))
  await waitFor(() => expect(sent).toEqual([['question-1', { action: 'accept' }]]))
})

it('says why a quiz waits in the words of an older server', async () => {
  const more = { state_reason: 'It was put aside.', state_codes: [] }
  answerGet(`${PATH}/questions`, makeQuiz([makeQuestion(1)], more))
  renderApp(PAGE)
  expect(await screen.findByText('It was put aside.')).toBeVisible()
})

it('leaves letters alone when single keys are off', async () => {
  answerGet(`${PATH}/questions`, makeQuiz([makeQuestion(1)]))
  const sent = givenReviews([makeQuestion(1)])
  const { user } = renderApp(PAGE)
  await user.click(await screen.findByRole('switch', { name: 'Review with single keys' }))
  card(/^Question 1/).focus()
  await user.keyboard('are')
  expect(screen.queryByRole('alertdialog')).toBeNull()
  expect(sent).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Accept: question 1' }))
  await waitFor(() => expect(sent).toHaveLength(1))
})

it('edits a question and says what is wrong with it', async () => {
  answerGet(`${PATH}/questions`, makeQuiz([makeQuestion(1)]))
  let sent: unknown
  server.use(
    http.patch(`*${PATH}/questions/question-1`, async ({ request }) => {
      sent = await request.json()
      // Somebody had begun: the answer is a new version.
      const changed = makeQuestion(1, { id: 'other', prompt: 'Changed?', review: 'ACCEPTED' })
      return HttpResponse.json(makeQuiz([changed], { version: 2 }))
    }),
  )
  const { user } = renderApp(PAGE)
  await user.click(await screen.findByRole('button', { name: 'Edit: question 1' }))
  const form = card(/^Question 1/)
  const second = await within(form).findByLabelText('Answer 2')
  await user.clear(second)
  await user.type(second, 'a CHECK')
  await user.click(within(form).getByRole('button', { name: 'Save and accept' }))
  expect((await within(form).findAllByText(/Two answers read the same/))[0]).toBeVisible()
  await user.clear(second)
  await user.type(second, 'A plan')
  await user.click(within(form).getByRole('radio', { name: 'Answer 2 is the right one' }))
  expect(await faults(form)).toEqual([])
  await user.click(within(form).getByRole('button', { name: 'Save and accept' }))
  expect(await screen.findByText('Changed?', { selector: 'p' })).toBeVisible()
  expect(sent).toEqual({
    prompt: 'What is it, number 1?',
    points: 1,
    explanation: '',
    options: [
      { text: 'A check', is_correct: false },
      { text: 'A plan', is_correct: true },
    ],
  })
  await waitFor(() => expect(card(/^Question 1: Accepted/)).toHaveFocus())
})

it('adds a question that is answered by typing, and publishes', async () => {
  answerGet(`${PATH}/questions`, makeQuiz([], { quiz_id: null }))
  const sent: unknown[] = []
  server.use(
    http.post(`*${PATH}/questions`, async ({ request }) => {
      sent.push(await request.json())
      const typed = makeQuestion(1, {
        kind: 'SHORT_ANSWER',
        options: [],
        accepted_answers: ['Paris'],
        evidence: null,
        origin: 'MANUAL',
        review: 'ACCEPTED',
      })
      return HttpResponse.json(makeQuiz([typed]), { status: 201 })
    }),
    http.patch(`*${PATH}`, async ({ request }) => {
      sent.push(await request.json())
      return sent.length === 2 ? problem(409, 'quiz_empty') : HttpResponse.json(assignment)
    }),
  )
  const { user } = renderApp(PAGE)
  await user.click(await screen.findByRole('button', { name: 'Add a question' }))
  await user.click(await screen.findByRole('radio', { name: 'Type a short answer' }))
  await user.type(screen.getByLabelText('Question'), 'Where?')
  await user.type(screen.getByLabelText('Answer 1'), 'Paris')
  await user.click(screen.getByRole('button', { name: 'Add the question' }))
  expect(await screen.findByText(/Paris/)).toBeVisible()
  expect(sent[0]).toEqual({
    kind: 'SHORT_ANSWER',
    prompt: 'Where?',
    points: 1,
    explanation: '',
    accepted_answers: ['Paris'],
  })
  await user.click(screen.getByRole('button', { name: 'Publish the quiz' }))
  expect(await screen.findByText(/Accept at least one question/)).toBeVisible()

  const limit = await screen.findByLabelText(/^Time limit/)
  expect(limit).toHaveValue('1.5')
  await user.clear(limit)
  await user.click(screen.getByRole('button', { name: 'Save the rules' }))
  await waitFor(() =>
    expect(sent[2]).toEqual({ attempts_allowed: 3, passing_score: 70, time_limit_seconds: null }),
  )
})

it('tells when there is no such quiz', async () => {
  server.use(http.get(`*${PATH}/questions`, () => problem(404, 'not_found')))
  renderApp(PAGE)
  expect(await screen.findByRole('alert')).toHaveTextContent('The questions could not be loaded')
})

it('shows what teachers find wrong with a question until somebody has looked at it', async () => {
  answerGet(`${PATH}/questions`, makeQuiz([makeQuestion(1), makeQuestion(2)]))
  let flags = [
    {
      question_ids: ['question-2', 'question-of-an-older-version'],
      teacher_id: 'teacher-1',
      teacher_name: 'Amina Okafor',
      reason: 'Two answers are right.',
      created_at: '2026-01-15T08:00:00.000Z',
    },
  ]
  server.use(
    http.get(`*${PATH}/question-flags`, () => HttpResponse.json({ flags })),
    http.delete(`*${PATH}/questions/question-2/flags`, () => {
      flags = []
      return new HttpResponse(null, { status: 204 })
    }),
  )
  const { user } = renderApp(PAGE)
  const flagged = await screen.findByText('Amina Okafor: “Two answers are right.”')
  expect(card(/^Question 2/)).toContainElement(flagged)
  expect(screen.getByText('1 teacher finds something wrong')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'I have looked at it: question 2' }))
  await waitFor(() => expect(flagged).not.toBeInTheDocument())
})
