import { screen, within } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { http } from 'msw'
import { answerGet, givenSession, problem } from '@/testing/api'
import { makeContent, makeCourseDetail, makeTranscript } from '@/testing/factories'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'

const COURSE = '/api/teacher/courses/course-1'
const CONTENT = '/teacher/courses/course-1/contents/content-1'

beforeEach(() => {
  givenSession()
})

it('lists what a course is made of, with states in words, and offers the way on', async () => {
  answerGet(
    COURSE,
    makeCourseDetail([
      makeContent({ id: 'a', title: 'Seen', status: 'COMPLETED' }),
      makeContent({ id: 'b', title: 'Half seen', status: 'IN_PROGRESS' }),
      makeContent({ id: 'c', title: 'Extra', content_type: 'LINK', is_mandatory: false }),
    ]),
  )
  renderApp('/teacher/courses/course-1')
  expect(await screen.findByRole('heading', { name: 'First steps' })).toBeVisible()
  expect(
    screen.getByRole('link', { name: /^Seen.*Video.*2 minutes 13 seconds.*Done/ }),
  ).toBeVisible()
  expect(screen.getByRole('link', { name: /^Half seen.*In progress/ })).toBeVisible()
  expect(screen.getByRole('link', { name: /^Extra.*Link.*Not started.*Optional/ })).toBeVisible()
  expect(screen.getByRole('link', { name: 'Continue: Half seen' })).toHaveAttribute(
    'href',
    '/teacher/courses/course-1/contents/b',
  )
})

it('shows a video with its transcript beside it', async () => {
  answerGet(COURSE, makeCourseDetail([makeContent()]))
  answerGet('/api/teacher/videos/content-1/transcript', makeTranscript())
  renderApp(CONTENT)
  expect(await screen.findByTestId('player-video')).toBeInTheDocument()
  expect(screen.getByRole('slider', { name: 'Position in the video' })).toHaveAttribute(
    'aria-valuetext',
    '0 seconds of 2 minutes 13 seconds',
  )
  expect(await screen.findByRole('button', { name: /^4 seconds:\s*Two\.$/ })).toBeVisible()
})

it('says so when a video has no transcript', async () => {
  answerGet(COURSE, makeCourseDetail([makeContent({ captions_url: null })]))
  server.use(http.get('*/transcript', () => problem(404, 'not_found')))
  renderApp(CONTENT)
  expect(await screen.findByText('There is no transcript for this video.')).toBeVisible()
  expect(screen.getByRole('button', { name: 'No captions for this video' })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
})

it.each([
  ['PROCESSING' as const, 'This video is being prepared'],
  ['FAILED' as const, 'This video cannot be watched just now'],
])('tells about a video that is %s', async (video_status, words) => {
  answerGet(COURSE, makeCourseDetail([makeContent({ hls_url: null, video_status })]))
  renderApp(CONTENT)
  expect(await screen.findByText(words)).toBeVisible()
  expect(screen.queryByTestId('player-video')).toBeNull()
})

it('opens documents and links in a tab that gets no handle on ours', async () => {
  answerGet(
    COURSE,
    makeCourseDetail([
      makeContent({ content_type: 'LINK', url: 'https://example.org/page', hls_url: null }),
    ]),
  )
  renderApp(CONTENT)
  const link = await screen.findByRole('link', { name: /Open the website/ })
  expect(link).toHaveAttribute('href', 'https://example.org/page')
  expect(link).toHaveAttribute('target', '_blank')
  expect(link.getAttribute('rel')).toContain('noopener')
})

it('makes no link of an address that is code', async () => {
  answerGet(
    COURSE,
    makeCourseDetail([
      // oxlint-disable-next-line no-script-url
      makeContent({ content_type: 'LINK', url: 'javascript:alert(1)', hls_url: null }),
    ]),
  )
  renderApp(CONTENT)
  expect(await screen.findByText(/missing or not allowed/)).toBeVisible()
  expect(screen.queryByRole('link', { name: /Open the website/ })).toBeNull()
})

it('draws a text from known elements only', async () => {
  const text =
    '<h1>Title</h1><p>Some <strong>bold</strong> words<img src=x onerror=alert(1)></p>' +
    '<script>alert(1)</script><p><a href="javascript:alert(1)">bad</a> <a href="https://example.org" onclick="x()">good</a></p>'
  answerGet(COURSE, makeCourseDetail([makeContent({ content_type: 'TEXT', text, hls_url: null })]))
  renderApp(CONTENT)
  expect(await screen.findByRole('heading', { name: 'Title', level: 2 })).toBeVisible()
  const main = screen.getByRole('main')
  expect(within(main).getByText('bold').tagName).toBe('STRONG')
  expect(within(main).getByRole('link', { name: 'good' })).toHaveAttribute(
    'href',
    'https://example.org',
  )
  expect(within(main).queryByRole('link', { name: 'bad' })).toBeNull()
  expect(main.querySelector('img, script, [onclick]')).toBeNull()
  expect(main).not.toHaveTextContent('alert(1)')
})

it('tells when the course or the part is not there', async () => {
  answerGet(COURSE, makeCourseDetail([makeContent({ id: 'other' })]))
  renderApp(CONTENT)
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'This part of the course is not available to you',
  )
})
