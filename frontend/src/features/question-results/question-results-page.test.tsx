import { screen, within } from '@testing-library/react'
import { http } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { answerGet, givenSession, problem } from '@/testing/api'
import { faults } from '@/testing/axe'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import type { Item, Results } from './queries'

const PATH = '/api/assignments/assignment-1'
const PAGE = '/admin/assignments/assignment-1/questions/results'

const makeItem = (order: number, over: Partial<Item> = {}): Item => ({
  question_id: `question-${order}`,
  order,
  kind: 'MCQ',
  prompt: `What is it, number ${order}?`,
  asked: 25,
  answered: 24,
  correct: 15,
  difficulty: 0.6,
  discrimination: 0.41,
  options: [
    { id: 'o1', text: 'A check', is_correct: true, chosen: 15, share: 0.625 },
    { id: 'o2', text: 'A mark', is_correct: false, chosen: 9, share: 0.375 },
    { id: 'o3', text: 'A gift', is_correct: false, chosen: 0, share: 0 },
  ],
  unused_option_ids: [],
  advice: [],
  ...over,
})

const makeResults = (questions: Item[], over: Partial<Results> = {}): Results => ({
  assignment_id: 'assignment-1',
  quiz_id: 'quiz-1',
  version: 2,
  people: 25,
  questions,
  ...over,
})

const card = (number: number) => {
  const found = screen.getByRole('heading', { name: `Question ${number}` }).closest('li')
  return within(found as HTMLElement)
}

beforeEach(() => {
  givenSession({ role: 'SCHOOL_ADMIN' })
  answerGet(PATH, { id: 'assignment-1', title: 'Quiz: Why check', course_id: 'course-1' })
})

it('says how each question did, and what is worth another look', async () => {
  answerGet(
    `${PATH}/item-statistics`,
    makeResults([
      makeItem(1, { unused_option_ids: ['o3'], advice: ['UNUSED_OPTION'] }),
      makeItem(2, { correct: 3, difficulty: 0.12, discrimination: -0.3, advice: ['TOO_HARD'] }),
      makeItem(3, { kind: 'SHORT_ANSWER', options: [], discrimination: null }),
      makeItem(4, { asked: 0, answered: 25, correct: 0, difficulty: null, discrimination: null }),
    ]),
  )
  const { container } = renderApp(PAGE)
  const name = 'How the questions of “Quiz: Why check” did'
  expect(await screen.findByRole('heading', { level: 1, name })).toBeVisible()
  expect(screen.getByText(/first attempts of 25 people at version 2/)).toBeVisible()
  expect(screen.queryByText(/first impression/)).toBeNull()
  expect(
    screen.getByText('Question 1 was easiest with 60% right, question 2 was hardest with 12%.'),
  ).toBeVisible()
  expect(screen.getByRole('heading', { name: '2 questions are worth another look' })).toBeVisible()

  expect(card(1).getByText('15 of 25 right')).toBeVisible()
  expect(card(1).getByText('1 person left it empty.')).toBeVisible()
  expect(card(1).getByText('9 people (37%)')).toBeVisible()
  expect(card(1).getByText(/Hardly anybody chose: “A gift”/)).toBeVisible()
  expect(card(1).getByText(/^Yes, well/)).toBeVisible()
  expect(card(2).getByText('Few get it right')).toBeVisible()
  expect(card(2).getByText(/^The other way round/)).toBeVisible()
  expect(card(3).queryByText('What people chose')).toBeNull()
  expect(card(3).getByText('There are not enough different answers to say.')).toBeVisible()
  expect(card(4).getByText('25 answers wait for somebody to read them.')).toBeVisible()
  expect(card(2).getByRole('link', { name: 'Look at question 2' })).toHaveAttribute(
    'href',
    '/admin/assignments/assignment-1/questions',
  )
  expect(await faults(container)).toEqual([])
})

it('concludes nothing from nobody, and says when figures cannot be had', async () => {
  answerGet(`${PATH}/item-statistics`, makeResults([], { quiz_id: null, version: 0, people: 0 }))
  const nobody = renderApp(PAGE)
  expect(await screen.findByText('Nobody has met this quiz yet')).toBeVisible()
  nobody.unmount()

  answerGet(`${PATH}/item-statistics`, makeResults([makeItem(1)], { people: 3 }))
  const few = renderApp(PAGE)
  expect(await screen.findByText(/first impression/)).toBeVisible()
  expect(screen.getByText('Every question was right in 60% of the attempts.')).toBeVisible()
  expect(screen.getByRole('heading', { name: /^No question stands out/ })).toBeVisible()
  few.unmount()

  server.use(http.get(`*${PATH}/item-statistics`, () => problem(404, 'not_found')))
  renderApp(PAGE)
  expect(await screen.findByText('The figures could not be loaded')).toBeVisible()
})
