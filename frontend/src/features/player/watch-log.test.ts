import { expect, it } from 'vitest'
import { countSeconds, mergeRanges, subtractRanges } from './second-ranges'
import { WatchLog } from './watch-log'

/** Plays from one second to another at a rate, a tick every quarter of a second. */
function play(log: WatchLog, from: number, to: number, rate = 1, startMs = 0): void {
  log.begin(from, startMs)
  for (let at = from; at <= to; at += 0.25 * rate) {
    log.advance(at, rate, startMs + ((at - from) / rate) * 1000)
  }
}

it('puts stretches together', () => {
  expect(
    mergeRanges(
      [[5, 8]],
      [[0, 2]],
      [
        [2, 5],
        [20, 21],
        [7, 7],
      ],
    ),
  ).toEqual([
    [0, 8],
    [20, 21],
  ])
})

it('tells whole seconds, each once, while it plays on', () => {
  const log = new WatchLog(133.1)
  play(log, 0, 10.5)
  expect(log.take()).toEqual([[0, 10]])
  for (let at = 10.75; at <= 21; at += 0.25) log.advance(at, 1, at * 1000)
  expect(log.take()).toEqual([[10, 21]])
  log.end()
  expect(log.take()).toEqual([])
})

it('leaves out what was jumped over, with or without a sign of the jump', () => {
  const log = new WatchLog(600)
  play(log, 0, 10)
  log.end()
  play(log, 300, 310, 2)
  // No event told of it: the clock is simply elsewhere.
  log.advance(500, 2, 5250)
  log.advance(502, 2, 6250)
  log.end()
  expect(log.take()).toEqual([
    [0, 10],
    [300, 310],
    [500, 502],
  ])
})

it('believes a late tick of a tab in the background, and counts the last part of a second', () => {
  const log = new WatchLog(133.1)
  log.begin(100, 0)
  log.advance(130, 1, 30_000)
  log.advance(133.05, 1, 33_000)
  log.end()
  expect(log.take()).toEqual([[100, 134]])
})

it('takes stretches out of others, wherever they overlap', () => {
  const set = [
    [0, 10],
    [20, 30],
  ] as const
  expect(
    subtractRanges(set, [
      [3, 5],
      [9, 22],
      [40, 50],
    ]),
  ).toEqual([
    [0, 3],
    [5, 9],
    [22, 30],
  ])
  expect(subtractRanges(set, [[0, 30]])).toEqual([])
  expect(countSeconds(set)).toBe(20)
})
