import { screen, waitFor, within } from '@testing-library/react'
import { run as axe } from 'axe-core'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { answerGet, givenSession, problem } from '@/testing/api'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import { makeAuthoredCourse, makeCourseRow } from './testing'

const COURSES = '/api/courses'

const page = (results: ReturnType<typeof makeCourseRow>[]) => ({
  count: results.length,
  next: null,
  previous: null,
  results,
})

beforeEach(() => {
  givenSession({ role: 'SCHOOL_ADMIN' })
})

it('shows courses as cards or as a table, and asks for what the address says', async () => {
  const asked: string[] = []
  server.use(
    http.get(`*${COURSES}`, ({ request }) => {
      asked.push(new URL(request.url).search)
      return HttpResponse.json(
        page([
          makeCourseRow({ is_mandatory: true, deadline: '2026-12-18' }),
          makeCourseRow({ id: 'course-2', title: 'Safeguarding', is_published: false }),
        ]),
      )
    }),
  )
  const { user, router, container } = renderApp('/admin/courses?show=published')
  const card = (await screen.findByRole('link', { name: 'Reading aloud' })).closest('article')
  if (!card) throw new Error('no card')
  expect(within(card).getByText('Published')).toBeVisible()
  expect(within(card).getByText('Required')).toBeVisible()
  expect(within(card).getByText('Everybody (12 people)')).toBeVisible()
  expect(within(card).getByRole('progressbar')).toHaveAttribute('aria-valuetext', '41%')
  expect(asked).toEqual(['?page=1&page_size=20&is_published=true'])
  expect((await axe(container)).violations).toEqual([])

  await user.click(screen.getByRole('button', { name: 'Table' }))
  const table = await screen.findByRole('table', { name: 'Courses' })
  expect(within(table).getByRole('row', { name: /Safeguarding Draft/ })).toBeVisible()
  expect(localStorage.getItem('courses-look')).toBe('table')

  await user.selectOptions(screen.getByLabelText('Required or optional'), 'Required')
  await waitFor(() => expect(asked.at(-1)).toContain('is_mandatory=true'))
  expect(router.state.location.search).toBe('?show=published&is_mandatory=true')
})

it('says what failed, names the request, and tries again; explains an empty list', async () => {
  server.use(
    http.get(`*${COURSES}`, () => problem(500, 'internal_error', {}, { 'X-Request-ID': 'req-7' }), {
      once: true,
    }),
  )
  const { user } = renderApp('/admin/courses')
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('The courses could not be loaded')
  expect(alert).toHaveTextContent('req-7')
  answerGet(COURSES, page([]))
  await user.click(within(alert).getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('heading', { name: 'No courses yet' })).toBeVisible()
})

it('makes a course from its title and opens it', async () => {
  answerGet(COURSES, page([]))
  const taken = problem(409, 'course_title_taken', { detail: 'Taken.' })
  server.use(http.post(`*${COURSES}`, () => taken, { once: true }))
  const { user, router } = renderApp('/admin/courses')
  await user.click((await screen.findAllByRole('button', { name: 'New course' }))[0] as Element)
  const dialog = await screen.findByRole('dialog', { name: 'New course' })
  const create = within(dialog).getByRole('button', { name: 'Create and edit' })
  await user.click(create)
  expect(within(dialog).getByText('Give the course a title.')).toBeVisible()

  await user.type(within(dialog).getByRole('textbox', { name: 'Title' }), 'Reading aloud')
  await user.click(create)
  expect(await within(dialog).findByText('Another course has this title already.')).toBeVisible()

  const sent: unknown[] = []
  server.use(
    http.post(`*${COURSES}`, async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json(makeAuthoredCourse({ modules: [] }), { status: 201 })
    }),
  )
  answerGet('/api/assignments', page([]))
  answerGet(`${COURSES}/course-1`, makeAuthoredCourse({ modules: [] }))
  await user.click(create)
  expect(await screen.findByRole('heading', { level: 1, name: 'Reading aloud' })).toBeVisible()
  expect(router.state.location.pathname).toBe('/admin/courses/course-1')
  expect(sent).toEqual([{ title: 'Reading aloud' }])
})

it('deletes a course after its title was typed, and takes that back', async () => {
  answerGet(COURSES, page([makeCourseRow()]))
  const calls: string[] = []
  server.use(
    http.delete(`*${COURSES}/course-1`, () => {
      calls.push('delete')
      return new HttpResponse(null, { status: 204 })
    }),
    http.post(`*${COURSES}/course-1/restore`, () => {
      calls.push('restore')
      return HttpResponse.json(makeAuthoredCourse({ is_published: false }))
    }),
  )
  const { user } = renderApp('/admin/courses')
  await user.click(await screen.findByRole('button', { name: 'Actions for Reading aloud' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Delete…' }))
  const dialog = await screen.findByRole('alertdialog', { name: 'Delete “Reading aloud”?' })
  const confirm = within(dialog).getByRole('button', { name: 'Delete the course' })
  await user.click(confirm)
  expect(calls).toEqual([])
  await user.type(within(dialog).getByLabelText('Type the name to confirm'), 'Reading aloud')
  await user.click(confirm)
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  expect(await screen.findByText('“Reading aloud” is back, as a draft.')).toBeVisible()
  expect(calls).toEqual(['delete', 'restore'])
})
