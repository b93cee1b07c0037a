import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { faults } from '@/testing/axe'
import { answerGet, givenSession, problem } from '@/testing/api'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import type { Found } from './queries'

const SEARCH = '/api/teacher/search'
const NOTHING: Found = { courses: [], contents: [], transcripts: [] }

const parts = (before: string, match: string, after = '') => [
  { text: before, is_match: false },
  { text: match, is_match: true },
  { text: after, is_match: false },
]
const found: Found = {
  courses: [{ id: 'c1', title: 'Wait time', parts: parts('', 'Wait', ' time') }],
  contents: [
    {
      id: 'v1',
      title: 'Why wait',
      content_type: 'VIDEO',
      course_id: 'c1',
      course_title: 'Wait time',
      parts: parts('Why ', 'wait'),
    },
  ],
  transcripts: [
    {
      content_id: 'v1',
      content_title: 'Why wait',
      course_id: 'c1',
      course_title: 'Wait time',
      start: 65.4,
      end: 70,
      parts: parts('you ', 'wait', ' <b>three</b> seconds'),
    },
  ],
}

beforeEach(() => {
  givenSession()
})

it('goes from the field in the frame to what was found, down to the second it is said', async () => {
  answerGet('/api/teacher/certificates', { count: 0, next: null, previous: null, results: [] })
  const asked: (string | null)[] = []
  server.use(
    http.get(`*${SEARCH}`, ({ request }) => {
      asked.push(new URL(request.url).searchParams.get('q'))
      return HttpResponse.json(found)
    }),
  )
  const { user, router } = renderApp('/teacher/certificates')
  await user.type(
    await screen.findByRole('searchbox', { name: 'Find in my courses' }),
    'wait{Enter}',
  )
  expect(await screen.findByText('3 results')).toBeVisible()
  expect(router.state.location.search).toBe('?q=wait')
  expect(asked).toEqual(['wait'])
  const said = within(screen.getByRole('region', { name: 'Said in videos' }))
  const line = said.getByRole('link', { name: /you wait <b>three<\/b>.*At 1 minute 5 seconds/ })
  expect(line).toHaveAttribute('href', '/teacher/courses/c1/contents/v1?t=65')
  expect(within(line).getByText('wait').tagName).toBe('MARK')
  expect(screen.getByRole('link', { name: /^Why wait ?Wait time$/ })).toHaveAttribute(
    'href',
    '/teacher/courses/c1/contents/v1',
  )
  expect(await faults()).toEqual([])
})

it('says what to type, that nothing was found, and what failed', async () => {
  answerGet(SEARCH, NOTHING)
  const { user } = renderApp('/teacher/search')
  const field = await screen.findByRole('searchbox')
  await user.type(field, 'w{Enter}')
  expect(await screen.findByText('Type at least two letters.')).toBeVisible()
  await user.type(field, 'x{Enter}')
  expect(await screen.findByRole('heading', { name: 'Nothing found for “wx”' })).toBeVisible()

  server.use(http.get(`*${SEARCH}`, () => problem(500, 'internal_error')))
  await user.type(field, 'y{Enter}')
  const alert = await screen.findByRole('alert')
  answerGet(SEARCH, found)
  await user.click(within(alert).getByRole('button', { name: 'Try again' }))
  await waitFor(() => expect(screen.getByText('3 results')).toBeVisible())
})
