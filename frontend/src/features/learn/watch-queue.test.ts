import { beforeEach, expect, it } from 'vitest'
import { mergeRanges, type SecondRanges } from '@/features/player/second-ranges'
import { type WaitingReport, WatchQueue } from './watch-queue'
import { type SendState, WatchSender } from './watch-sender'

const LOST = new Error('no network')
const REFUSED = new Error('gone')

const report = (from: number, to: number) => ({
  watched: [[from, to]] as const,
  positionSeconds: to,
  playbackRate: 1,
})

/** A server that keeps sets of seconds, as ours does, and can be cut off. */
function givenServer(queue = new WatchQueue('amina')) {
  const server = {
    known: new Map<string, SecondRanges>(),
    sent: [] as WaitingReport[],
    states: [] as SendState[],
    fault: null as Error | null,
    /** The answer is lost on its way back. */
    isDeaf: false,
    rejected: [] as SecondRanges,
  }
  const sender = new WatchSender({
    queue,
    isPassing: (error) => error === LOST,
    onState: (state) => server.states.push(state),
    send: async (waiting) => {
      await Promise.resolve()
      if (server.fault) throw server.fault
      server.sent.push(waiting)
      const { contentId, watched } = waiting
      server.known.set(contentId, mergeRanges(server.known.get(contentId) ?? [], watched))
      if (server.isDeaf) throw LOST
      return server.rejected
    },
  })
  return { queue, sender, server }
}

beforeEach(() => localStorage.clear())

it('keeps reports over reloads while there is no network, and sends them in order when there is', async () => {
  const { queue, sender, server } = givenServer()
  server.fault = LOST
  queue.add('b', report(0, 10), 1)
  queue.add('a', report(5, 9), 2)
  queue.add('b', report(30, 40), 3)
  await sender.flush()
  expect(server.states.at(-1)).toBe('failed')

  const later = givenServer(new WatchQueue('amina'))
  await later.sender.flush()
  expect(later.server.sent.map(({ contentId, watched }) => [contentId, watched])).toEqual([
    [
      'b',
      [
        [0, 10],
        [30, 40],
      ],
    ],
    ['a', [[5, 9]]],
  ])
  expect(later.server.states.at(-1)).toBe('idle')
  expect(later.queue.list()).toEqual([])
})

it('tells the same set however reports are shuffled, doubled, or answered into the void', async () => {
  // A small generator of our own: the same histories at every run.
  let seed = 7
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * below)
  }
  for (let round = 0; round < 60; round += 1) {
    localStorage.clear()
    const history = Array.from({ length: 12 }, () => {
      const from = next(90)
      return report(from, from + 1 + next(15))
    })
    const union = mergeRanges(history.flatMap(({ watched }) => watched))
    const { sender, queue, server } = givenServer()
    for (const each of [...history, ...history].toSorted(() => next(3) - 1)) {
      queue.add('a', each)
      server.fault = next(3) === 0 ? LOST : null
      server.isDeaf = next(4) === 0
      // oxlint-disable-next-line no-await-in-loop -- a history is one thing after the other
      await (next(2) === 0 ? sender.flush() : undefined)
    }
    server.fault = null
    server.isDeaf = false
    // oxlint-disable-next-line no-await-in-loop
    await sender.flush()
    expect(server.known.get('a')).toEqual(union)
    expect(queue.list()).toEqual([])
  }
})

it('keeps what the server does not believe yet, and what came while it was sending', async () => {
  const { queue, sender, server } = givenServer()
  server.rejected = [[8, 10]]
  queue.add('a', report(0, 10))
  const flushed = sender.flush()
  queue.add('a', report(20, 25))
  await flushed
  expect(queue.list()[0]?.watched).toEqual([
    [8, 10],
    [20, 25],
  ])
  server.rejected = []
  await sender.flush()
  expect(queue.list()).toEqual([])
})

it('takes no more than the server takes at once, and gives up what it will never take', async () => {
  const { queue, sender, server } = givenServer()
  for (let at = 0; at < 250; at += 1) queue.add('a', report(at * 2, at * 2 + 1), 1)
  queue.add('b', report(0, 1), 2)
  await sender.flush()
  expect(server.sent.map(({ watched }) => watched.length)).toEqual([200, 50, 1])
  queue.add('gone', report(0, 1))
  server.fault = REFUSED
  await sender.flush()
  expect(queue.list()).toEqual([])
  expect(server.states.at(-1)).toBe('idle')
})

it('is nobody else’s, survives nonsense, and works where nothing can be stored', () => {
  localStorage.setItem('lms.watched.amina.x', '{"watched"')
  localStorage.setItem('lms.watched.amina.y', '[[0,5]]')
  new WatchQueue('bo').add('a', report(0, 5))
  expect(new WatchQueue('amina').list()).toEqual([])

  const full: Storage = {
    length: 0,
    key: () => null,
    getItem: () => null,
    clear: () => undefined,
    removeItem: () => undefined,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError')
    },
  }
  const queue = new WatchQueue('amina', full)
  queue.add('a', report(0, 5))
  expect(queue.list()).toHaveLength(1)
  queue.drop('a')
  expect(queue.list()).toEqual([])
})
