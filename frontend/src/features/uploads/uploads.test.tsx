import { act, screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { NetworkError } from '@/lib/api/problem'
import { setSignedOut } from '@/lib/auth/session-store'
import { answerGet, givenSession, problem } from '@/testing/api'
import { faults } from '@/testing/axe'
import { makeStats } from '@/testing/factories'
import { renderPart } from '@/testing/render-part'
import { server } from '@/testing/server'
import { Dropzone } from './dropzone'
import { formSender } from './form-sender'
import { pollInterval, type VideoAsset, type VideoStatusView, type VideoStep } from './queries'
import { setUploadSender } from './upload-store'
import { UploadTray } from './upload-tray'
import { readDuration } from './video-file'
import { VideoPanel } from './video-panel'

vi.mock(import('./video-file'), async (original) => ({
  ...(await original()),
  readDuration: vi.fn<() => Promise<number | null>>(),
}))

const send = vi.fn<typeof formSender.send>()
const onCreated = vi.fn<(contentId: string) => void>()

function Upload() {
  return (
    <>
      <h1>Course</h1>
      <Dropzone courseId="course-1" moduleId="module-1" onCreated={onCreated} />
      <UploadTray />
    </>
  )
}

const makeStep = (over: Partial<VideoStep> & Pick<VideoStep, 'name'>): VideoStep => ({
  state: 'PENDING',
  attempt: 1,
  progress: 0,
  started_at: null,
  finished_at: null,
  error: null,
  error_code: null,
  ...over,
})

const makeStatus = (
  states: Partial<Record<VideoStep['name'], Partial<VideoStep>>> = {},
  over: Partial<VideoAsset> = {},
): VideoStatusView => ({
  content: {
    id: 'content-1',
    title: 'Why check at all',
    content_type: 'VIDEO',
    order: 1,
    is_mandatory: true,
    url: null,
    file_url: null,
    text: null,
    duration_seconds: 133,
    required_coverage: 90,
    video_status: 'PROCESSING',
    created_at: '2026-01-15T08:00:00.000Z',
    updated_at: '2026-01-15T08:00:00.000Z',
  },
  video_asset: {
    id: 'video-1',
    status: 'PROCESSING',
    playable: false,
    duration_seconds: 133,
    width: 1280,
    height: 720,
    error: null,
    error_code: null,
    source_name: 'lecture.mp4',
    source_bytes: 1_800_000,
    stored_bytes: 4_000_000,
    steps: (
      ['VALIDATE', 'TRANSCODE', 'THUMBNAIL', 'TRANSCRIBE', 'ASSIGNMENTS', 'FINALIZE'] as const
    ).map((name) => makeStep({ name, ...states[name] })),
    ...over,
  },
  transcript: null,
  assignments: [],
  playback: null,
})

const STATUS = '/api/courses/course-1/modules/module-1/contents/content-1/video-status'
const content = makeStatus().content

function Video() {
  return (
    <>
      <h1>Course</h1>
      <h2>Module</h2>
      <VideoPanel courseId="course-1" moduleId="module-1" content={content} />
    </>
  )
}

const stage = (name: string) => screen.getByText(name, { selector: 'ol p' }).closest('li')

beforeEach(() => {
  givenSession({ role: 'SCHOOL_ADMIN' })
  setUploadSender({ resumes: false, send })
  send.mockReset()
  onCreated.mockReset()
  vi.mocked(readDuration).mockReset().mockResolvedValue(60)
  answerGet('/api/tenants/stats', makeStats())
})

afterEach(() => {
  act(() => setSignedOut('signed-out'))
  setUploadSender(formSender)
})

it('sends what was chosen, tells how far it is, and starts a dropped one again', async () => {
  const line = new EventTarget()
  send.mockReturnValueOnce(
    new Promise((_resolve, reject) => {
      line.addEventListener('lost', () => reject(new NetworkError()))
    }),
  )
  const { user, container } = renderPart(Upload)
  expect(await screen.findByText(/4.7\sGB of storage left. A video may last 1\sh/)).toBeVisible()
  await user.selectOptions(screen.getByLabelText('Language spoken'), 'Spanish')
  await user.upload(
    screen.getByLabelText(/Upload a video/),
    new File(['film'], 'lesson.mp4', { type: 'video/mp4' }),
  )
  const tray = await screen.findByRole('region', { name: 'Uploads' })
  expect(within(tray).getByRole('heading', { name: 'Uploading 1 video' })).toBeVisible()
  expect(within(tray).getByRole('status')).toHaveTextContent('lesson.mp4: 0% sent')
  expect(await faults(container)).toEqual([])
  expect(send.mock.calls[0]?.[0]).toMatchObject({ language: 'es', moduleId: 'module-1' })

  act(() => {
    line.dispatchEvent(new Event('lost'))
  })
  expect(await within(tray).findByRole('alert')).toHaveTextContent('The connection was lost at 0%')
  send.mockResolvedValueOnce({ contentId: 'content-9' })
  await user.click(within(tray).getByRole('button', { name: 'Start again' }))
  expect(await within(tray).findByText('Uploaded. The course shows how far it is.')).toBeVisible()
  expect(onCreated).toHaveBeenCalledExactlyOnceWith('content-9')
  await user.click(within(tray).getByRole('button', { name: 'Close' }))
  expect(screen.queryByRole('region', { name: 'Uploads' })).toBeNull()
})

it('sends nothing that the plan has no room for', async () => {
  answerGet('/api/tenants/stats', {
    ...makeStats(),
    storage: { used_bytes: 100, limit_bytes: 102 },
  })
  vi.mocked(readDuration).mockResolvedValueOnce(3700)
  const { user } = renderPart(Upload)
  await screen.findByText(/of storage left/)
  await user.upload(screen.getByLabelText(/Upload a video/), [
    new File(['f'], 'long.mp4', { type: 'video/mp4' }),
    new File(['film'], 'large.mp4', { type: 'video/mp4' }),
  ])
  const refusal = await screen.findByText(/^long.mp4 lasts 1\sh 2\smin/)
  expect(refusal.closest('[role=alert]')).toHaveTextContent('large.mp4 needs')
  expect(send).not.toHaveBeenCalled()
})

it('shows each step of a video with its state, and that nobody has to wait', async () => {
  answerGet(
    STATUS,
    makeStatus(
      {
        VALIDATE: { state: 'SUCCEEDED' },
        TRANSCODE: { state: 'RUNNING', progress: 42.5 },
        THUMBNAIL: { state: 'QUEUED' },
        TRANSCRIBE: { state: 'SKIPPED' },
      },
      { playable: true },
    ),
  )
  const { container } = renderPart(Video)
  await screen.findByRole('list', { name: 'How far the video is' })
  expect(stage('Uploaded')).toHaveTextContent('Done')
  expect(stage('Checked')).toHaveTextContent('Done')
  expect(stage('Converted')).toHaveTextContent('At work: 42%')
  expect(stage('Thumbnail')).toHaveTextContent('In the queue')
  expect(stage('Captions')).toHaveTextContent('Not needed')
  expect(stage('Ready')).toHaveTextContent('Waits for the steps before')
  expect(screen.getByText('Can be watched, still being prepared')).toBeVisible()
  expect(
    screen.getByText(
      'The video can be watched already. You can leave this page: it goes on without you.',
    ),
  ).toBeVisible()
  expect(await faults(container)).toEqual([])
})

it('says why a step failed and does it again', async () => {
  const failed = makeStatus(
    {
      TRANSCRIBE: {
        state: 'FAILED',
        error: 'No words were heard.',
        error_code: 'transcribe_failed',
      },
    },
    { status: 'READY', playable: true },
  )
  answerGet(STATUS, failed)
  let asked: unknown
  server.use(
    http.post('*/video/rerun', async ({ request }) => {
      asked = await request.json()
      return HttpResponse.json(makeStatus({ TRANSCRIBE: { state: 'RUNNING' } }), { status: 202 })
    }),
  )
  const { user } = renderPart(Video)
  expect(await screen.findByText('There are no captions')).toBeVisible()
  expect(screen.getByText('No words were heard.')).toBeVisible()
  expect(screen.getByText(/The video can be watched all the same/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Try again: Captions' }))
  await waitFor(() => expect(stage('Captions')).toHaveTextContent('At work'))
  expect(asked).toEqual({ from_step: 'TRANSCRIBE' })
})

it('asks for another file where trying again is pointless', async () => {
  answerGet(
    STATUS,
    makeStatus(
      {
        VALIDATE: { state: 'FAILED', error: 'Not a video.', error_code: 'not_a_video' },
        TRANSCODE: { state: 'CANCELLED' },
      },
      { status: 'FAILED', error_code: 'not_a_video' },
    ),
  )
  const { user } = renderPart(Video)
  const problemText = await screen.findByText('This file cannot be used')
  expect(stage('Converted')).toHaveTextContent('Not reached')
  expect(screen.queryByRole('button', { name: /Try again/ })).toBeNull()
  const notice = problemText.parentElement
  expect(notice).not.toBeNull()
  if (notice) await user.click(within(notice).getByRole('button', { name: 'Replace the file' }))
  const dialog = screen.getByRole('dialog', { name: 'Replace “Why check at all”?' })
  send.mockReturnValueOnce(new Promise(() => undefined))
  await user.upload(
    within(dialog).getByLabelText(/The new video/),
    new File(['film'], 'better.mp4', { type: 'video/mp4' }),
  )
  await waitFor(() => expect(dialog).not.toBeInTheDocument())
  expect(send.mock.calls[0]?.[0]).toMatchObject({ title: 'Why check at all' })
})

it('tells when the state cannot be had', async () => {
  server.use(http.get(`*${STATUS}`, () => problem(500, 'internal_error')))
  renderPart(Video)
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'The state of this video could not be loaded',
  )
})

it('asks less and less often while nothing moves, and not at all when it is over', () => {
  const view = makeStatus({ VALIDATE: { state: 'RUNNING' } })
  expect([0, 1, 3, 20].map((sameFor) => pollInterval({ view, sameFor }))).toEqual([
    2000, 3000, 6750, 15_000,
  ])
  const over = makeStatus({}, { status: 'FAILED' })
  expect(pollInterval({ view: over, sameFor: 0 })).toBe(false)
})
