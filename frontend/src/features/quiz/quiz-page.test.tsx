import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { faults } from '@/testing/axe'
import { answerGet, givenSession, problem } from '@/testing/api'
import { makeContent, makeCourseDetail } from '@/testing/factories'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import type { Quiz, Task } from './queries'

const QUIZ = '/api/teacher/quizzes/task-1'
const PAGE = '/teacher/assignments/task-1/quiz'

const task: Task = {
  id: 'task-1',
  course_id: 'course-1',
  course_title: 'Formative assessment',
  content_id: 'content-1',
  title: 'Quiz on checks',
  instructions: 'About the video.',
  kind: 'QUIZ',
  due_date: null,
  is_mandatory: true,
  max_score: 100,
  passing_score: 70,
  submission_status: 'PENDING',
  score: null,
  feedback: '',
  is_quiz: true,
  is_late: false,
  submission_text: '',
  files: [],
  submitted_at: null,
  graded_at: null,
}

const makeQuiz = (over: Partial<Quiz> = {}): Quiz => ({
  assignment_id: 'task-1',
  quiz_id: 'quiz-1',
  attempts_allowed: 3,
  attempts_used: 0,
  best_score: null,
  passing_score: 70,
  time_limit_seconds: null,
  attempt: null,
  questions: [
    {
      id: 'q1',
      order: 1,
      kind: 'MCQ',
      prompt: 'Which pause helps?',
      points: 1,
      options: [
        { id: 'o1', text: 'wait time' },
        { id: 'o2', text: 'lunch' },
      ],
    },
    { id: 'q2', order: 2, kind: 'SHORT_ANSWER', prompt: 'How many seconds?', points: 1 },
  ],
  ...over,
})
const attempt: Quiz['attempt'] = {
  id: 'attempt-1',
  started_at: '2026-01-05T10:00:00Z',
  expires_at: null,
  draft: {},
}

beforeEach(() => {
  givenSession()
  answerGet('/api/teacher/assignments/task-1', task)
})

it('goes from the rules through the questions to the result, whatever the network does', async () => {
  const open = makeQuiz({ attempt, attempts_used: 1 })
  const drafts: unknown[] = []
  const handedIn: unknown[] = []
  const done = makeQuiz({
    attempts_used: 1,
    best_score: 100,
    result: {
      score: 100,
      passed: true,
      graded_at: '2026-01-05T10:05:00Z',
      questions: [
        {
          question_id: 'q1',
          correct: true,
          your_answer: { option_id: 'o1' },
          part: null,
          correct_answer: { option_id: 'o1', text: 'wait time' },
          explanation: 'It gives room to think.',
          evidence: { quote: 'the pause between', start: 250.4, end: 255 },
        },
        {
          question_id: 'q2',
          correct: false,
          your_answer: null,
          part: null,
          correct_answer: { option_id: null, text: '3' },
          explanation: '',
          evidence: null,
        },
      ],
    },
  })
  answerGet(QUIZ, makeQuiz())
  server.use(
    http.post(`*${QUIZ}/start`, () => HttpResponse.json(open)),
    http.put(`*${QUIZ}/draft`, async ({ request }) => {
      drafts.push(await request.json())
      return HttpResponse.json(open)
    }),
    http.post(`*${QUIZ}/submit`, () => HttpResponse.error(), { once: true }),
    http.post(`*${QUIZ}/submit`, async ({ request }) => {
      handedIn.push(await request.json())
      answerGet(QUIZ, done)
      return HttpResponse.json(done)
    }),
  )
  const { user, router } = renderApp(PAGE)
  expect(await screen.findByText('3 attempts left')).toBeVisible()
  expect(screen.getByText('70% to pass')).toBeVisible()
  expect(screen.getByText('2 questions')).toBeVisible()
  expect(await faults()).toEqual([])

  await user.click(screen.getByRole('button', { name: 'Start the quiz' }))
  const choices = within(await screen.findByRole('radiogroup', { name: 'Which pause helps?' }))
  await user.click(choices.getByRole('radio', { name: 'wait time' }))
  await waitFor(() => expect(drafts).toEqual([{ answers: { q1: { option_id: 'o1' } } }]))
  expect(await faults()).toEqual([])
  await user.click(screen.getByRole('link', { name: 'Next' }))
  await waitFor(() =>
    expect(screen.getByRole('heading', { name: 'Question 2 of 2' })).toHaveFocus(),
  )
  expect(router.state.location.search).toBe('?q=2')
  await user.click(screen.getByRole('link', { name: 'Look over my answers' }))
  expect(await screen.findByText('1 question has no answer yet')).toBeVisible()
  expect(screen.getByRole('link', { name: 'Go to question 2' })).toHaveAttribute(
    'href',
    `${PAGE}?q=2`,
  )
  expect(await faults()).toEqual([])

  await user.click(screen.getByRole('button', { name: 'Hand in' }))
  const dialog = within(await screen.findByRole('alertdialog'))
  expect(dialog.getByText(/1 question has no answer and counts as wrong/)).toBeVisible()
  await user.click(dialog.getByRole('button', { name: 'Hand in' }))
  expect(await dialog.findByText('Your answers are safe on this device.')).toBeVisible()
  await user.click(dialog.getByRole('button', { name: 'Try again' }))

  const verdict = await screen.findByRole('heading', { name: 'Passed' })
  await waitFor(() => expect(verdict).toHaveFocus())
  expect(handedIn).toEqual([{ answers: { q1: { option_id: 'o1' } } }])
  expect(screen.getByText('You reached 100%; 70% are needed to pass.')).toBeVisible()
  expect(screen.getByText('It gives room to think.')).toBeVisible()
  expect(screen.getByText('Not right')).toBeVisible()
  expect(screen.getByRole('link', { name: /Watch this part 4 minutes 10 sec/ })).toHaveAttribute(
    'href',
    '/teacher/courses/course-1/contents/content-1?t=250',
  )
  expect(router.state.location.search).toBe('')
  expect(await faults()).toEqual([])
})

it('finds after a reload what the server has, and what only this browser has', async () => {
  answerGet(QUIZ, makeQuiz({ attempt: { ...attempt, draft: { q1: { option_id: 'o2' } } } }))
  localStorage.setItem('lms.quiz.attempt-1', JSON.stringify({ q2: { text: 'three' } }))
  const drafts: unknown[] = []
  server.use(
    http.put(`*${QUIZ}/draft`, async ({ request }) => {
      drafts.push(await request.json())
      return HttpResponse.json(makeQuiz({ attempt }))
    }),
  )
  const { user } = renderApp(`${PAGE}?q=2`)
  expect(await screen.findByRole('textbox', { name: 'How many seconds?' })).toHaveValue('three')
  await waitFor(() =>
    expect(drafts).toEqual([{ answers: { q1: { option_id: 'o2' }, q2: { text: 'three' } } }]),
  )
  await waitFor(() => expect(localStorage.getItem('lms.quiz.attempt-1')).toBeNull())
  await user.click(screen.getByRole('link', { name: 'Question 1, answered' }))
  expect(await screen.findByRole('radio', { name: 'lunch' })).toBeChecked()
})

it('waits for a person, and says when no attempts are left', async () => {
  const result = {
    score: null,
    passed: null,
    graded_at: null,
    questions: [{ question_id: 'q2', correct: null, your_answer: { text: 'a few' }, part: null }],
  }
  answerGet(QUIZ, makeQuiz({ attempts_used: 3, result }))
  renderApp(PAGE)
  expect(await screen.findByRole('heading', { name: 'Waiting for review' })).toBeVisible()
  expect(screen.getByText('a few')).toBeVisible()
  expect(screen.getByText(/No attempts are left/)).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
})

it('says when it is not there', async () => {
  server.use(http.get(`*${QUIZ}`, () => problem(404, 'not_found')))
  renderApp(PAGE)
  expect(await screen.findByRole('alert')).toHaveTextContent('This quiz is not available to you')
})

const wrong = (question_id: string, start: number) => ({
  question_id,
  correct: false,
  your_answer: { option_id: 'o2' },
  part: { start, end: start + 5 },
})

it('says of a wrong answer where it is in the video, though not what, and that this was not watched', async () => {
  answerGet(
    QUIZ,
    makeQuiz({
      attempts_used: 1,
      result: {
        score: 0,
        passed: false,
        graded_at: '2026-01-05T10:05:00Z',
        questions: [wrong('q1', 50.2), wrong('q2', 12), wrong('q3', 2)],
      },
    }),
  )
  answerGet('/api/teacher/assignments/task-1', task)
  answerGet(
    '/api/teacher/courses/course-1',
    makeCourseDetail([makeContent({ watched: [[0, 14]] })]),
  )
  renderApp(PAGE)
  expect(await screen.findByText('You have not watched this part yet.')).toBeVisible()
  expect(screen.getByText(/right answers are shown when you have passed/)).toBeVisible()
  expect(screen.getAllByText('You have watched only some of this part.')).toHaveLength(1)
  const links = screen.getAllByRole('link', { name: /Watch this part/ })
  expect(links.map((link) => link.getAttribute('href'))).toEqual(
    [50, 12, 2].map((second) => `/teacher/courses/course-1/contents/content-1?t=${second}`),
  )
})

it('lets whoever answered say that something is wrong with a question', async () => {
  answerGet(
    QUIZ,
    makeQuiz({
      attempts_used: 1,
      best_score: 0,
      result: {
        score: 0,
        passed: false,
        graded_at: '2026-01-05T10:05:00Z',
        questions: [
          { question_id: 'q1', correct: false, your_answer: { option_id: 'o2' }, part: null },
        ],
      },
    }),
  )
  const sent: unknown[] = []
  server.use(
    http.post(`*${QUIZ}/questions/q1/flag`, async ({ request }) => {
      sent.push(await request.json())
      return new HttpResponse(null, { status: 204 })
    }),
  )
  const { user } = renderApp(PAGE)
  const name = 'Report a problem with question 1'
  await user.click(await screen.findByRole('button', { name }))
  const dialog = await screen.findByRole('alertdialog')
  await user.click(within(dialog).getByRole('button', { name: 'Send it' }))
  expect(within(dialog).getByText('Say what is wrong.')).toBeVisible()
  await user.type(within(dialog).getByRole('textbox'), 'Lunch helps, too.')
  await user.click(within(dialog).getByRole('button', { name: 'Send it' }))
  expect(await screen.findByText('Thank you. Your school looks at it.')).toBeInTheDocument()
  expect(sent).toEqual([{ reason: 'Lunch helps, too.' }])
})

/** An attempt that ends in so many seconds. */
const timed = (seconds: number) =>
  makeQuiz({
    attempts_used: 1,
    time_limit_seconds: 60,
    attempt: {
      id: 'attempt-1',
      started_at: '2026-01-05T10:00:00Z',
      expires_at: new Date(Date.now() + seconds * 1000).toISOString(),
      draft: {},
    },
  })

it('goes on when more time was given meanwhile', async () => {
  answerGet(QUIZ, timed(2))
  let isHandedIn = false
  server.use(
    http.post(`*${QUIZ}/submit`, () => {
      isHandedIn = true
      return HttpResponse.json(makeQuiz())
    }),
  )
  renderApp(PAGE)
  expect(await screen.findByRole('heading', { name: /left/ })).toBeInTheDocument()
  answerGet(QUIZ, timed(600))
  await waitFor(
    () =>
      expect(screen.getByRole('heading', { name: /(9|10) minutes.* left/ })).toBeInTheDocument(),
    { timeout: 5000 },
  )
  expect(isHandedIn).toBe(false)
})
