import { createStore, useStore } from 'zustand'
import { NetworkError } from '@/lib/api/problem'
import { sessionStore } from '@/lib/auth/session-store'
import { formSender } from './form-sender'
import { addSample, rateOf, type Sample } from './transfer-rate'
import type { UploadOrder, UploadSender } from './upload-sender'

/**
 * `queued`: another one is on its way. `finishing`: everything is sent, the server is still at it.
 * `offline`: goes on by itself when the network is back. `failed`: waits for the person.
 */
export type UploadPhase =
  | { kind: 'queued' }
  | { kind: 'sending'; bytesPerSecond: number | null }
  | { kind: 'finishing' }
  | { kind: 'offline' }
  | { kind: 'failed'; error: unknown }
  | { kind: 'done'; contentId: string; leftovers: boolean }

export interface Upload {
  id: string
  order: UploadOrder
  /** The content whose place the new video takes. */
  replaces: string | null
  sentBytes: number
  phase: UploadPhase
}

interface UploadState {
  uploads: readonly Upload[]
  /** Whose they are: the next person at this computer gets none of them. */
  ownerId: string | null
}

/** Outside every page, so that uploads go on while people move about in the app. */
export const uploadStore = createStore<UploadState>()(() => ({ uploads: [], ownerId: null }))

export const useUploads = <T>(select: (uploads: readonly Upload[]) => T): T =>
  useStore(uploadStore, ({ uploads }) => select(uploads))

/** How often the screen hears how far an upload is, in milliseconds. */
const TELL_MS = 250

let sender: UploadSender = formSender
/** For another way of sending; and for tests. */
export const setUploadSender = (next: UploadSender): void => {
  sender = next
}

const attempts = new Map<string, AbortController>()

const change = (id: string, to: Partial<Upload>): void =>
  uploadStore.setState(({ uploads }) => ({
    uploads: uploads.map((upload) => (upload.id === id ? { ...upload, ...to } : upload)),
  }))

const find = (id: string) => uploadStore.getState().uploads.find((upload) => upload.id === id)

export const isUnfinished = ({ phase }: Upload): boolean =>
  phase.kind !== 'done' && phase.kind !== 'failed'

/** One at a time: two that share a school's line both come late. */
function sendNext(): void {
  if (attempts.size > 0) return
  const next = uploadStore.getState().uploads.find(({ phase }) => phase.kind === 'queued')
  if (next) void attempt(next)
}

async function attempt({ id, order, replaces, sentBytes }: Upload): Promise<void> {
  const controller = new AbortController()
  attempts.set(id, controller)
  change(id, {
    sentBytes: sender.resumes ? sentBytes : 0,
    phase: { kind: 'sending', bytesPerSecond: null },
  })
  try {
    const { signal } = controller
    const { contentId } = await sender.send(order, { signal, onProgress: reporter(id, order.file) })
    change(id, { phase: { kind: 'finishing' }, sentBytes: order.file.size })
    const leftovers = replaces !== null && !(await tryTakePlace(order, replaces, contentId))
    change(id, { phase: { kind: 'done', contentId, leftovers } })
  } catch (error) {
    // A cancelled one is gone from the list already.
    const offline = error instanceof NetworkError && !navigator.onLine
    change(id, { phase: offline ? { kind: 'offline' } : { kind: 'failed', error } })
  } finally {
    end(id)
  }
}

/** Makes room for the next one. */
function end(id: string): void {
  attempts.delete(id)
  sendNext()
}

/** The new video is there in any case; that the old one is still there too is told. */
async function tryTakePlace(order: UploadOrder, oldId: string, newId: string): Promise<boolean> {
  try {
    const { takePlaceOf } = await import('./take-place-of')
    await takePlaceOf({ ...order, oldId, newId })
    return true
  } catch {
    return false
  }
}

function reporter(id: string, file: File) {
  let samples: Sample[] = []
  let told = 0
  return (sentBytes: number) => {
    const now = performance.now()
    const whole = sentBytes >= file.size
    if (!whole && now - told < TELL_MS) return
    told = now
    samples = addSample(samples, { at: now, bytes: sentBytes })
    const phase: UploadPhase = whole
      ? { kind: 'finishing' }
      : { kind: 'sending', bytesPerSecond: rateOf(samples) }
    change(id, { sentBytes, phase })
  }
}

/** @returns the id under which the upload can be followed */
export function startUpload({
  replaces = null,
  ...order
}: Omit<UploadOrder, 'key'> & { replaces?: string | null }): string {
  const id = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`
  const upload: Upload = {
    id,
    order: { ...order, key: id },
    replaces,
    sentBytes: 0,
    phase: { kind: 'queued' },
  }
  uploadStore.setState(({ uploads }) => ({
    uploads: [...uploads, upload],
    ownerId: sessionStore.getState().user?.id ?? null,
  }))
  sendNext()
  return id
}

/** Once more, after a failure. */
export function retryUpload(id: string): void {
  const kind = find(id)?.phase.kind
  if (kind !== 'failed' && kind !== 'offline') return
  change(id, { phase: { kind: 'queued' } })
  sendNext()
}

/** Stops an upload, or takes a finished one from the list. */
export function removeUpload(id: string): void {
  uploadStore.setState(({ uploads }) => ({ uploads: uploads.filter((each) => each.id !== id) }))
  attempts.get(id)?.abort()
  // Whatever the sender does about it.
  end(id)
}

export const removeFinished = (): void =>
  uploadStore.setState(({ uploads }) => ({
    uploads: uploads.filter(({ phase }) => phase.kind !== 'done'),
  }))

function removeAll(): void {
  const { uploads } = uploadStore.getState()
  // The list first: otherwise each that goes would start the next.
  uploadStore.setState({ uploads: [] })
  for (const { id } of uploads) removeUpload(id)
}

globalThis.addEventListener('online', () => {
  for (const { id, phase } of uploadStore.getState().uploads) {
    if (phase.kind === 'offline') retryUpload(id)
  }
})

// A session that runs out in the middle of an upload loses nothing: it goes on, and what fails can be
// started again after signing in. Who signs out has finished, and somebody else has nothing to do with it.
sessionStore.subscribe(({ user, endReason }) => {
  const { ownerId } = uploadStore.getState()
  if (endReason === 'signed-out' || (user && ownerId && user.id !== ownerId)) removeAll()
})

const warn = (event: BeforeUnloadEvent) => event.preventDefault()

// Only while something would be lost: the listener keeps browsers from restoring the page at once.
uploadStore.subscribe(({ uploads }) => {
  if (uploads.some(isUnfinished)) addEventListener('beforeunload', warn)
  else removeEventListener('beforeunload', warn)
})
