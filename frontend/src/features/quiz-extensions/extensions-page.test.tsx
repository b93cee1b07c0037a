import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { answerGet, givenSession, problem } from '@/testing/api'
import { faults } from '@/testing/axe'
import { makeUser } from '@/testing/factories'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import type { Extension } from './queries'

const PATH = '/api/assignments/assignment-1'
const PAGE = '/admin/assignments/assignment-1/extensions'

const makeExtension = (over: Partial<Extension> = {}): Extension => ({
  teacher: { id: 'teacher-1', name: 'Amina Okafor', email: 'amina@greenfield.test' },
  extra_seconds: 300,
  extra_percent: 50,
  extra_attempts: 1,
  reason: 'Reads more slowly.',
  given_at: '2026-01-15T08:00:00.000Z',
  open_until: '2026-01-15T09:30:00.000Z',
  ...over,
})

const givenList = (results: Extension[]) =>
  answerGet(`${PATH}/extensions`, { count: results.length, next: null, previous: null, results })

const givenQuiz = (limit: number | null) =>
  answerGet(PATH, {
    id: 'assignment-1',
    title: 'Quiz: Why check',
    course_id: 'course-1',
    quiz: { attempts_allowed: 3, time_limit_seconds: limit },
  })

beforeEach(() => {
  givenSession({ role: 'SCHOOL_ADMIN' })
  givenQuiz(600)
  answerGet('/api/tenants/settings', { time_zone: 'Europe/Zurich' })
})

it('shows who has more, changes it and takes it away', async () => {
  givenList([makeExtension()])
  const sent: unknown[] = []
  server.use(
    http.put(`*${PATH}/extensions/:user`, async ({ request, params }) => {
      sent.push([params.user, await request.json()])
      return HttpResponse.json(makeExtension({ open_until: null }))
    }),
    http.delete(`*${PATH}/extensions/:user`, ({ params }) => {
      sent.push(params.user)
      return new HttpResponse(null, { status: 204 })
    }),
  )
  const { user, container } = renderApp(PAGE)
  const row = await screen.findByRole('row', { name: /Amina Okafor/ })
  expect(screen.getByText('Everybody has 3 attempts of 10 min each.')).toBeVisible()
  for (const words of ['50% more time', '5 min more', '1 more attempt', 'Reads more slowly.']) {
    expect(within(row).getByText(words)).toBeVisible()
  }
  expect(await within(row).findByText(/^Answering now, until .*10:30/)).toBeVisible()
  expect(await faults(container)).toEqual([])

  await user.click(within(row).getByRole('button', { name: /Amina Okafor/ }))
  await user.click(await screen.findByRole('menuitem', { name: 'Change' }))
  const dialog = await screen.findByRole('dialog', { name: 'More for Amina Okafor' })
  const attempts = within(dialog).getByRole('textbox', { name: /^More attempts/ })
  await user.clear(attempts)
  await user.type(attempts, '2')
  await user.click(within(dialog).getByRole('button', { name: 'Give it' }))
  await waitFor(() =>
    expect(sent).toEqual([
      [
        'teacher-1',
        { extra_percent: 50, extra_seconds: 300, extra_attempts: 2, reason: 'Reads more slowly.' },
      ],
    ]),
  )
  expect(await screen.findByText('Amina Okafor has more now and is told.')).toBeVisible()

  await user.click(within(row).getByRole('button', { name: /Amina Okafor/ }))
  await user.click(await screen.findByRole('menuitem', { name: 'Take away' }))
  const question = await screen.findByRole('alertdialog')
  givenList([])
  await user.click(within(question).getByRole('button', { name: 'Take it away' }))
  expect(await screen.findByText('Everybody has the same')).toBeVisible()
  expect(sent.at(-1)).toBe('teacher-1')
})

it('gives somebody attempts where there is no limit, and says what is missing', async () => {
  givenQuiz(null)
  givenList([])
  answerGet('/api/teachers', { count: 1, next: null, previous: null, results: [makeUser()] })
  const { user } = renderApp(PAGE)
  expect(await screen.findByText('Everybody has 3 attempts, as long as they need.')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Give somebody more' }))
  const dialog = await screen.findByRole('dialog', { name: 'Give somebody more' })
  expect(within(dialog).getByText(/only attempts can be given/)).toBeVisible()
  expect(within(dialog).queryByText('More time, in minutes')).toBeNull()
  await user.click(within(dialog).getByRole('button', { name: 'Give it' }))
  expect((await within(dialog).findAllByText('Choose a person.')).length).toBeGreaterThan(0)
  expect(within(dialog).getAllByText('Say why.').length).toBeGreaterThan(0)
})

it('says when the list cannot be had', async () => {
  server.use(http.get(`*${PATH}/extensions`, () => problem(404, 'not_found')))
  renderApp(PAGE)
  expect(await screen.findByText('The list could not be loaded')).toBeVisible()
})
