import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ApiError, NetworkError } from '@/lib/api/problem'
import { sessionStore, setSignedIn, setSignedOut } from '@/lib/auth/session-store'
import { makeUser } from '@/testing/factories'
import { formSender } from './form-sender'
import type { UploadOrder, UploadSender } from './upload-sender'
import {
  isUnfinished,
  removeFinished,
  removeUpload,
  retryUpload,
  setUploadSender,
  startUpload,
  uploadStore,
} from './upload-store'

interface Attempt {
  order: UploadOrder
  report: (sentBytes: number) => void
  finish: () => void
  fail: (error: unknown) => void
}

let attempts: Attempt[] = []

/** Does what the test says, in place of a server. */
const sender: UploadSender = {
  resumes: false,
  send: (order, { signal, onProgress }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
      attempts.push({
        order,
        report: onProgress,
        finish: () => resolve({ contentId: `content of ${order.file.name}` }),
        fail: reject,
      })
    }),
}

const leave = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }))
const video = (name: string, size = 1000) => new File(['x'.repeat(size)], name)
const start = (name: string) =>
  startUpload({ file: video(name), courseId: 'course-1', moduleId: 'module-1' })
const states = () =>
  uploadStore.getState().uploads.map(({ order, phase }) => `${order.file.name} ${phase.kind}`)
const attempt = (index: number): Attempt => {
  const found = attempts[index]
  if (!found) throw new Error(`no attempt ${index}`)
  return found
}

beforeEach(() => {
  attempts = []
  setUploadSender(sender)
  setSignedIn('access-1', makeUser())
})

afterEach(() => {
  setSignedOut('signed-out')
  setUploadSender(formSender)
})

it('sends one after the other and says how far each is', async () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(1000)
  start('a.mp4')
  start('b.mp4')
  expect(states()).toEqual(['a.mp4 sending', 'b.mp4 queued'])
  clock.mockReturnValue(2000)
  attempt(0).report(100)
  clock.mockReturnValue(4000)
  attempt(0).report(500)
  const [first] = uploadStore.getState().uploads
  expect(first).toMatchObject({
    sentBytes: 500,
    phase: { kind: 'sending', bytesPerSecond: 200 },
  })
  // Between two looks of a person nothing is drawn anew.
  clock.mockReturnValue(4100)
  attempt(0).report(600)
  expect(uploadStore.getState().uploads[0]).toBe(first)
  attempt(0).report(1000)
  expect(states()).toEqual(['a.mp4 finishing', 'b.mp4 queued'])

  attempt(0).finish()
  await vi.waitFor(() => expect(states()).toEqual(['a.mp4 done', 'b.mp4 sending']))
  expect(uploadStore.getState().uploads[0]?.phase).toMatchObject({
    contentId: 'content of a.mp4',
  })
  removeFinished()
  expect(states()).toEqual(['b.mp4 sending'])
})

it('starts a dropped upload again from its beginning, as the same upload, and lets the next one go first', async () => {
  const id = start('a.mp4')
  start('b.mp4')
  attempt(0).report(1000)
  attempt(0).fail(new NetworkError())
  await vi.waitFor(() => expect(states()).toEqual(['a.mp4 failed', 'b.mp4 sending']))
  retryUpload(id)
  expect(states()).toEqual(['a.mp4 queued', 'b.mp4 sending'])
  attempt(1).finish()
  await vi.waitFor(() => expect(states()).toEqual(['a.mp4 sending', 'b.mp4 done']))
  expect(uploadStore.getState().uploads[0]?.sentBytes).toBe(0)
  expect(attempt(2).order.key).toBe(attempt(0).order.key)
})

it('waits for the network and goes on when it is back', async () => {
  start('a.mp4')
  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  attempt(0).fail(new NetworkError())
  await vi.waitFor(() => expect(states()).toEqual(['a.mp4 offline']))
  online.mockReturnValue(true)
  dispatchEvent(new Event('online'))
  expect(states()).toEqual(['a.mp4 sending'])
})

it('keeps why the server refused', async () => {
  start('a.mp4')
  const refusal = new ApiError({
    status: 403,
    code: 'plan_limit',
    detail: 'Full.',
    fields: [],
    retryAfterSeconds: null,
    requestId: null,
  })
  attempt(0).fail(refusal)
  await vi.waitFor(() =>
    expect(uploadStore.getState().uploads[0]?.phase).toEqual({ kind: 'failed', error: refusal }),
  )
})

it('cancels one and goes on with the next', async () => {
  const id = start('a.mp4')
  start('b.mp4')
  removeUpload(id)
  await vi.waitFor(() => expect(states()).toEqual(['b.mp4 sending']))
})

it('warns before the page goes, for as long as something would be lost', async () => {
  expect(leave()).toBe(false)
  start('a.mp4')
  expect(leave()).toBe(true)
  attempt(0).finish()
  await vi.waitFor(() => expect(uploadStore.getState().uploads.some(isUnfinished)).toBe(false))
  expect(leave()).toBe(false)
})

it('outlives a session that runs out, and nobody else finds it', () => {
  start('a.mp4')
  setSignedOut('expired')
  expect(states()).toEqual(['a.mp4 sending'])
  setSignedIn('access-2', makeUser())
  expect(states()).toEqual(['a.mp4 sending'])
  setSignedIn('access-3', makeUser({ id: 'somebody else' }))
  expect(states()).toEqual([])
  expect(sessionStore.getState().user?.id).toBe('somebody else')
})
