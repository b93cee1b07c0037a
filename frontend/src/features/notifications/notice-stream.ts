import { type Notification, streamNotifications } from '@/lib/api/operations'

/** What the server says while a page is open; `changed` comes from another tab, where something was read. */
export type NoticeEvent =
  | { name: 'unread'; count: number }
  | { name: 'notification'; notification: Notification }
  | { name: 'changed' }

/** Pauses between two tries, in milliseconds: the first after a good connection, and the longest. */
const SHORTEST_MS = 1500
const LONGEST_MS = 60_000
/** The server is heard of every 15 seconds; without it the connection is dead, only not yet closed. */
const SILENCE_MS = 45_000

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function read(event: string | undefined, data: unknown): NoticeEvent | null {
  if (!isRecord(data)) return null
  if (event === 'unread' && typeof data.count === 'number') {
    return { name: 'unread', count: data.count }
  }
  return event === 'notification' && typeof data.id === 'string'
    ? { name: 'notification', notification: data as unknown as Notification }
    : null
}

/** Waits, but no longer than until the network comes back or nobody wants it any more. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      removeEventListener('online', done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    addEventListener('online', done)
    signal.addEventListener('abort', done)
  })
}

/**
 * One connection, until it ends for whatever reason.
 *
 * @returns whether anything came through it
 */
async function connect(
  lastId: string | undefined,
  signal: AbortSignal,
  hear: (event: NoticeEvent | null, id: string | undefined) => void,
): Promise<boolean> {
  const silent = new AbortController()
  let heard = false
  const wait = () => setTimeout(() => silent.abort(), SILENCE_MS)
  let timer = wait()
  try {
    const { stream } = await streamNotifications({
      signal: AbortSignal.any([signal, silent.signal]),
      ...(lastId === undefined ? {} : { headers: { 'Last-Event-ID': lastId } }),
      // Trying again is done here, where it is known what happened meanwhile.
      sseMaxRetryAttempts: 1,
      onSseEvent: ({ event, data, id }) => {
        heard = true
        clearTimeout(timer)
        timer = wait()
        hear(read(event, data), id)
      },
    })
    // What is read off the events above is all there is; this only keeps them coming.
    // oxlint-disable-next-line no-await-in-loop -- one event after the other
    while (!signal.aborted && !(await stream.next()).done);
  } finally {
    clearTimeout(timer)
  }
  return heard
}

/** Listens until `signal`, and goes on from where it was after every interruption. */
async function listen(signal: AbortSignal, onEvent: (event: NoticeEvent) => void): Promise<void> {
  let lastId: string | undefined
  let delay = SHORTEST_MS
  while (!signal.aborted) {
    // oxlint-disable-next-line no-await-in-loop -- one connection after the other
    const heard = await connect(lastId, signal, (event, id) => {
      lastId = id ?? lastId
      if (event) onEvent(event)
    })
    delay = heard ? SHORTEST_MS : Math.min(delay * 2, LONGEST_MS)
    // After a restart of the server not everybody should come back in the same second.
    // oxlint-disable-next-line no-await-in-loop -- the pause between two of them
    await pause(delay * (1 + Math.random()), signal)
  }
}

const nameOf = (session: string) => `lms-notices:${session}`

/** Tells the other tabs of the same person that something was read: the server does not. */
export function tellOtherTabs(session: string): void {
  if (!('BroadcastChannel' in globalThis)) return
  const channel = new BroadcastChannel(nameOf(session))
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origins
  channel.postMessage({ name: 'changed' } satisfies NoticeEvent)
  channel.close()
}

/**
 * Hears of notifications as they come. Of all tabs of one person, one listens and tells the others:
 * browsers allow few connections, and the server few streams.
 *
 * @param session tabs with the same one belong together
 * @returns stops it
 */
export function watchNotices(session: string, onEvent: (event: NoticeEvent) => void): () => void {
  const name = nameOf(session)
  const stop = new AbortController()
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : null
  channel?.addEventListener('message', ({ data }: MessageEvent<NoticeEvent>) => onEvent(data))

  const lead = () =>
    listen(stop.signal, (event) => {
      onEvent(event)
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origins
      channel?.postMessage(event)
    })

  if ('locks' in navigator && navigator.locks) {
    // Whoever holds the lock listens; when that tab is closed, the next one gets it.
    navigator.locks.request(name, { signal: stop.signal }, lead).catch(() => undefined)
  } else {
    void lead()
  }
  return () => {
    stop.abort()
    channel?.close()
  }
}
