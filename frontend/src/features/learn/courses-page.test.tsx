import { screen, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { sessionStore } from '@/lib/auth/session-store'
import { faults } from '@/testing/axe'
import { answerGet, givenSession, problem } from '@/testing/api'
import { makeCourse } from '@/testing/factories'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'

const COURSES = '/api/teacher/courses'
const page = (results: ReturnType<typeof makeCourse>[], count = results.length) => ({
  count,
  next: null,
  previous: null,
  results,
})

const course = (id: string, percentage: number, is_complete = false) =>
  makeCourse({
    id,
    title: `Course ${id}`,
    progress: {
      completed_content_count: 0,
      total_content_count: 3,
      percentage,
      is_started: percentage > 0,
      is_complete,
    },
  })

beforeEach(() => {
  givenSession()
})

it('says that it is loading, then shows each course with progress in words', async () => {
  const held: { answer?: () => void } = {}
  const seen = new Promise<void>((resolve) => {
    held.answer = resolve
  })
  const courses = [
    makeCourse({ is_mandatory: true, deadline: '2020-05-01' }),
    makeCourse({ id: 'course-2', title: 'Reading aloud', estimated_hours: 0.25 }),
  ]
  server.use(
    http.get(`*${COURSES}`, async () => {
      await seen
      return HttpResponse.json(page(courses))
    }),
  )
  renderApp('/teacher/courses')
  expect(await screen.findByText('Loading your courses…')).toBeInTheDocument()
  held.answer?.()
  const card = (await screen.findByRole('link', { name: 'Formative assessment' })).closest(
    'article',
  )
  if (!card) throw new Error('no card')
  expect(within(card).getByText('1 of 3 parts done')).toBeVisible()
  expect(within(card).getByRole('progressbar')).toHaveAttribute('aria-valuetext', '33%')
  expect(within(card).getByText('Required')).toBeVisible()
  expect(within(card).getByText('Overdue since 1 May 2020')).toBeVisible()
  expect(screen.getByText('About 15 minutes')).toBeVisible()
  expect(screen.getByText('2 courses for you')).toBeVisible()
  expect(document.title).toBe('My courses – Greenfield Academy')
})

it('explains an empty list', async () => {
  answerGet(COURSES, page([]))
  renderApp('/teacher/courses')
  expect(await screen.findByRole('heading', { name: 'No courses here yet' })).toBeVisible()
})

it('says what failed, names the request, and tries again', async () => {
  server.use(
    http.get(`*${COURSES}`, () => problem(500, 'internal_error', {}, { 'X-Request-ID': 'req-9' }), {
      once: true,
    }),
  )
  const { user } = renderApp('/teacher/courses')
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('Your courses could not be loaded')
  expect(alert).toHaveTextContent('req-9')

  answerGet(COURSES, page([makeCourse()]))
  await user.click(within(alert).getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('link', { name: 'Formative assessment' })).toBeVisible()
})

it('shows a part of the courses as the address says, counts each, and searches', async () => {
  const done = Array.from({ length: 30 }, (_, index) => course(`D${index}`, 100, true))
  answerGet(COURSES, page([course('Álgebra', 0), course('Begun', 40), ...done]))
  const { user, router } = renderApp('/teacher/courses?state=done')
  expect(await screen.findByText('30 courses for you')).toBeVisible()
  const pages = screen.getByRole('navigation', { name: 'Pages' })
  expect(pages).toHaveTextContent('Page 1 of 2')
  await user.click(within(pages).getByRole('link', { name: 'Next' }))
  expect(await screen.findByText('Page 2 of 2')).toBeVisible()
  expect(router.state.location.search).toBe('?state=done&page=2')

  await user.click(screen.getByRole('link', { name: /Not started.*\(1\)/ }))
  expect(router.state.location.search).toBe('?state=new')
  expect(await screen.findByRole('link', { name: 'Course Álgebra' })).toBeVisible()
  await user.type(screen.getByRole('searchbox', { name: 'Search my courses' }), 'nothing like it')
  expect(
    await screen.findByRole('heading', { name: 'No course matches “nothing like it”' }),
  ).toBeVisible()
  await user.click(screen.getByRole('link', { name: 'Show all courses' }))
  expect(await screen.findByText('32 courses for you')).toBeVisible()
  await user.type(screen.getByRole('searchbox', { name: 'Search my courses' }), 'algebra')
  expect(await screen.findByText('1 course for you')).toBeVisible()
  expect(await faults()).toEqual([])
})

it('signs out on the server, and says so when that fails', async () => {
  answerGet(COURSES, page([]))
  const { user, router } = renderApp('/teacher/courses')
  const leave = async () => {
    await user.click(await screen.findByRole('button', { name: /^Account:/ }))
    await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }))
  }
  server.use(http.post('*/api/users/auth/logout', () => HttpResponse.error(), { once: true }))
  await leave()
  expect(await screen.findByText('You are still signed in.')).toBeVisible()

  server.use(
    http.post('*/api/users/auth/logout', () => new HttpResponse(null, { status: 204 })),
    http.post('*/api/users/auth/refresh', () => problem(401, 'not_signed_in')),
  )
  await leave()
  expect(await screen.findByText('You are signed out.')).toBeVisible()
  expect(router.state.location.pathname).toBe('/login')
  expect(sessionStore.getState().accessToken).toBeNull()
})
