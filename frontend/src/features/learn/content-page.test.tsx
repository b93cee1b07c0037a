import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { http, HttpResponse } from 'msw'
import { faults } from '@/testing/axe'
import { answerGet, givenSession, problem } from '@/testing/api'
import { makeContent, makeCourseDetail, makeTranscript, makeUser } from '@/testing/factories'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import type { Completion } from './queries'

const COURSE = '/api/teacher/courses/course-1'
const CONTENT = '/teacher/courses/course-1/contents/content-1'

const COMPLETION = `${COURSE}/completion`
const COMPLETE: Completion = {
  is_complete: true,
  percentage: 100,
  missing: [],
  new: [],
  completed_at: '2026-01-12T09:00:00Z',
  completed_version: 1,
}

const PROGRESS = {
  content_id: 'content-1',
  status: 'IN_PROGRESS',
  coverage: 0,
  watched: [],
  position_seconds: 0,
  credited: [],
  rejected: [],
  completed_at: null,
}

beforeEach(() => {
  givenSession()
  answerGet(COMPLETION, COMPLETE)
  answerGet('/api/teacher/certificates', { count: 0, next: null, previous: null, results: [] })
  answerGet('/api/teacher/assignments', { count: 0, next: null, previous: null, results: [] })
  server.use(
    http.post('*/api/teacher/progress/content/:id/start', () => HttpResponse.json(PROGRESS)),
  )
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

it('tells the server what was watched, says when it is enough, and suggests the next part', async () => {
  const contents = [
    makeContent({ status: 'IN_PROGRESS', coverage: 12, watched: [[0, 16]] }),
    makeContent({ id: 'content-2', title: 'How to check', content_type: 'LINK' }),
  ]
  answerGet(COURSE, makeCourseDetail(contents))
  answerGet('/api/teacher/videos/content-1/transcript', makeTranscript())
  const reports: unknown[] = []
  server.use(
    http.patch('*/api/teacher/progress/content/content-1', async ({ request }) => {
      reports.push(await request.json())
      answerGet(
        COURSE,
        makeCourseDetail([
          makeContent({ status: 'COMPLETED', coverage: 91 }),
          ...contents.slice(1),
        ]),
      )
      return HttpResponse.json({ ...PROGRESS, status: 'COMPLETED', coverage: 91 })
    }),
  )
  renderApp(CONTENT)
  const video = await screen.findByTestId<HTMLVideoElement>('player-video')
  expect(screen.getByText('12% watched – counts as done at 90%')).toBeVisible()
  expect(screen.getByTestId('watched').children).toHaveLength(1)

  const at = (currentTime: number, state: { paused: boolean }) =>
    Object.defineProperties(video, {
      currentTime: { value: currentTime, configurable: true },
      paused: { value: state.paused, configurable: true },
      readyState: { value: HTMLMediaElement.HAVE_ENOUGH_DATA, configurable: true },
    })
  act(() => {
    at(16.4, { paused: false })
    fireEvent.playing(video)
    at(17.2, { paused: false })
    fireEvent.timeUpdate(video)
    at(17.6, { paused: true })
    fireEvent.pause(video)
  })
  await waitFor(() => expect(reports).toHaveLength(1))
  expect(reports[0]).toEqual({ watched: [[16, 17]], position_seconds: 17.6, playback_rate: 1 })

  expect(await screen.findByText('Done! This part counts as completed.')).toBeVisible()
  expect(screen.getAllByRole('link', { name: 'Next: How to check' })[0]).toBeVisible()
  expect(await faults()).toEqual([])
})

it('lets readers say that they are done, and tells when that did not work', async () => {
  const text = makeContent({ content_type: 'TEXT', text: '<p>Read me.</p>', hls_url: null })
  answerGet(COURSE, makeCourseDetail([text]))
  server.use(
    http.post('*/content-1/complete', () => problem(503, 'unavailable'), { once: true }),
    http.post('*/content-1/complete', () => {
      answerGet(COURSE, makeCourseDetail([{ ...text, status: 'COMPLETED' }]))
      return HttpResponse.json({ ...PROGRESS, status: 'COMPLETED' })
    }),
  )
  const { user } = renderApp(CONTENT)
  await user.click(await screen.findByRole('button', { name: 'Mark as done' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('It could not be marked.')
  await user.click(screen.getByRole('button', { name: 'Mark as done' }))
  expect(await screen.findByText('Done! This part counts as completed.')).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Mark as done' })).toBeNull()
})

it('offers settings and the list of keys, which can be turned off', async () => {
  answerGet(COURSE, makeCourseDetail([makeContent({ resume_seconds: 65 })]))
  answerGet('/api/teacher/videos/content-1/transcript', makeTranscript())
  const { user } = renderApp(CONTENT)
  // It goes away when jsdom, which plays nothing, turns out to play nothing.
  await screen.findByRole('button', { name: /Resume from 1 minute 5 seconds/ })
  await user.click(screen.getByRole('button', { name: 'Settings' }))
  await user.selectOptions(screen.getByRole('combobox', { name: 'Speed' }), '1.5×')
  await user.selectOptions(screen.getByRole('combobox', { name: 'Caption size' }), 'Large')
  expect(screen.getByTestId('player-video')).toHaveAttribute('data-captions', 'large shaded')
  await user.click(screen.getByRole('button', { name: 'Keyboard shortcuts' }))
  expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await user.keyboard('{Escape}')
  await user.click(screen.getByRole('button', { name: 'Settings' }))
  await user.click(screen.getByRole('checkbox', { name: 'Single-key shortcuts' }))
  await user.keyboard('{Escape}')
  await user.keyboard('?')
  expect(screen.queryByRole('dialog')).toBeNull()
})

it('says what is missing and why, with links to it, down to the seconds', async () => {
  answerGet(COURSE, makeCourseDetail([makeContent({ status: 'IN_PROGRESS', watched: [[0, 16]] })]))
  answerGet(COMPLETION, {
    ...COMPLETE,
    is_complete: false,
    completed_at: null,
    missing: [
      {
        type: 'content',
        id: 'content-1',
        title: 'Why check at all',
        reason: 'not_watched_enough',
        unwatched: [
          [16, 60],
          [65, 133],
        ],
      },
      { type: 'quiz', id: 'q1', title: 'Quiz on checks', reason: 'not_passed' },
      { type: 'assignment', id: 'a1', title: 'Reflection', reason: 'waiting_for_grade' },
    ],
  })
  renderApp('/teacher/courses/course-1')
  const panel = within(await screen.findByRole('region', { name: 'What is still missing' }))
  const video = '/teacher/courses/course-1/contents/content-1'
  expect(panel.getByRole('link', { name: /Play what I missed \(2.min\)/ })).toHaveAttribute(
    'href',
    `${video}?missed=1`,
  )
  expect(
    panel.getByRole('link', { name: 'From 1 minute 5 seconds to 2 minutes 13 seconds' }),
  ).toHaveAttribute('href', `${video}?t=65`)
  expect(panel.getByText('Not passed yet')).toBeVisible()
  expect(panel.getByRole('link', { name: 'Quiz on checks' })).toHaveAttribute(
    'href',
    '/teacher/assignments/q1/quiz',
  )
  expect(panel.getByRole('link', { name: 'Reflection' })).toHaveAttribute(
    'href',
    '/teacher/assignments/a1',
  )
  expect(await faults()).toEqual([])
})

it('praises who is complete, leads to the certificate, and shows what is new since', async () => {
  answerGet(COURSE, makeCourseDetail([makeContent({ status: 'COMPLETED' })]))
  answerGet(COMPLETION, {
    ...COMPLETE,
    new: [{ type: 'content', id: 'new-1', title: 'Added later', reason: 'not_started' }],
  })
  answerGet('/api/teacher/certificates', {
    count: 1,
    next: null,
    previous: null,
    results: [{ id: 'cert-1', course_id: 'course-1', code: 'abc' }],
  })
  renderApp('/teacher/courses/course-1')
  expect(await screen.findByRole('heading', { name: /Well done!/ })).toBeVisible()
  expect(await screen.findByRole('link', { name: 'To my certificate' })).toHaveAttribute(
    'href',
    '/teacher/certificates',
  )
  const news = within(screen.getByRole('region', { name: 'New since you completed it' }))
  expect(news.getByRole('link', { name: 'Added later' })).toBeVisible()
  expect(screen.queryByRole('region', { name: 'What is still missing' })).toBeNull()
})

it('plays only what was missed, part after part, and can be stopped', async () => {
  answerGet(
    COURSE,
    makeCourseDetail([
      makeContent({
        status: 'IN_PROGRESS',
        coverage: 80,
        watched: [
          [0, 16],
          [20, 100],
        ],
      }),
    ]),
  )
  answerGet('/api/teacher/videos/content-1/transcript', makeTranscript())
  const { user } = renderApp(CONTENT)
  const video = await screen.findByTestId<HTMLVideoElement>('player-video')
  let now = 0
  Object.defineProperties(video, {
    currentTime: {
      get: () => now,
      set: (to: number) => {
        now = to
      },
      configurable: true,
    },
    readyState: { value: HTMLMediaElement.HAVE_ENOUGH_DATA, configurable: true },
  })
  const at = (seconds: number) =>
    act(() => {
      now = seconds
      fireEvent.timeUpdate(video)
    })
  await user.click(screen.getByRole('button', { name: /Play what I missed \(37.s\)/ }))
  expect(now).toBe(16)
  expect(screen.getByText(/part 1 of 2, 0:16 to 0:20/)).toBeVisible()
  // Where the source makes it begin, before the jump has landed.
  at(0.2)
  at(16.1)
  at(19.9)
  expect(screen.getByText(/part 1 of 2/)).toBeVisible()
  at(20.4)
  expect(now).toBe(100)
  expect(screen.getByText(/part 2 of 2, 1:40 to 2:13/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Stop' }))
  expect(screen.getByText('Stopped. 80% watched so far; 90% are needed.')).toBeVisible()

  await user.click(screen.getByRole('button', { name: /Play what I missed/ }))
  at(20.4)
  act(() => {
    Object.defineProperty(video, 'ended', { value: true, configurable: true })
    fireEvent.ended(video)
  })
  expect(screen.getByText(/^80% watched so far; 90% are needed\./)).toBeVisible()
  expect(await faults()).toEqual([])
})

it('keeps what was watched without a network, says so, and sends it when asked', async () => {
  localStorage.setItem(
    `lms.watched.${makeUser().id}.content-1`,
    JSON.stringify({ watched: [[3, 9]], positionSeconds: 9, playbackRate: 1, sinceMs: 1 }),
  )
  answerGet(COURSE, makeCourseDetail([makeContent({ status: 'IN_PROGRESS' })]))
  answerGet('/api/teacher/videos/content-1/transcript', makeTranscript())
  const reports: unknown[] = []
  server.use(
    http.patch('*/api/teacher/progress/content/content-1', () => HttpResponse.error(), {
      once: true,
    }),
    http.patch('*/api/teacher/progress/content/content-1', async ({ request }) => {
      reports.push(await request.json())
      return HttpResponse.json({ ...PROGRESS, watched: [[3, 9]] })
    }),
  )
  const { user } = renderApp(CONTENT)
  expect(await screen.findByText('Not sent yet.')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Send now' }))
  await waitFor(() => expect(screen.queryByText('Not sent yet.')).toBeNull())
  expect(reports).toEqual([{ watched: [[3, 9]], position_seconds: 9, playback_rate: 1 }])
  expect(Object.keys(localStorage).filter((key) => key.startsWith('lms.watched'))).toEqual([])
})
