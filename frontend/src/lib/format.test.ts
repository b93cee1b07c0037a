import { describe, expect, it } from 'vitest'
import {
  countWords,
  formatBytes,
  formatClock,
  formatDate,
  formatDay,
  formatDuration,
  formatMoment,
  formatPercent,
  formatRelative,
  formatTime,
  isPastDay,
  languageName,
  spokenTime,
} from './format'

it.each([
  [0, '0:00'],
  [5.9, '0:05'],
  [125, '2:05'],
  [3725, '1:02:05'],
  [Number.NaN, '0:00'],
  [-3, '0:00'],
])('formatTime(%d) is %s', (seconds, text) => {
  expect(formatTime(seconds)).toBe(text)
})

it.each([
  [0, '0 seconds'],
  [1, '1 second'],
  [120, '2 minutes'],
  [125, '2 minutes 5 seconds'],
  [3661, '1 hour 1 minute 1 second'],
])('spokenTime(%d) is "%s"', (seconds, text) => {
  expect(spokenTime(seconds)).toBe(text)
})

describe('days', () => {
  it('are shown in the way of the reader’s country, without a shift of time zone', () => {
    expect(formatDay('2026-11-01')).toBe('1 Nov 2026')
  })

  it('end with the day itself', () => {
    const evening = new Date(2026, 10, 1, 23, 59)
    expect(isPastDay('2026-11-01', evening)).toBe(false)
    expect(isPastDay('2026-10-31', evening)).toBe(true)
  })
})

it('never rounds up to 100 %', () => {
  expect(formatPercent(99.9)).toBe('99%')
  expect(formatPercent(100)).toBe('100%')
  expect(formatPercent(140)).toBe('100%')
})

it('names languages', () => {
  expect(languageName('de')).toBe('German')
  expect(languageName('not a tag')).toBe('not a tag')
})

it.each([
  [0, '0 kB'],
  [1_572_864, '1.5 MB'],
  [500 * 1024 ** 3, '500 GB'],
])('formatBytes(%d) is %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

it.each([
  [0, '0 s'],
  [45, '45 s'],
  [750, '13 min'],
  [3599, '1 h'],
  [3900, '1 h 5 min'],
  [7200, '2 h'],
  [100 * 3600 + 300, '100 h'],
])('formatDuration(%d) is %s', (seconds, text) => {
  expect(formatDuration(seconds).replaceAll('\u00A0', ' ')).toBe(text)
})

it.each([
  ['2026-11-22T09:59:55Z', 'now'],
  ['2026-11-22T10:00:10Z', 'now'],
  ['2026-11-22T09:15:00Z', '45 minutes ago'],
  ['2026-11-22T07:00:00Z', '3 hours ago'],
  ['2026-11-21T09:00:00Z', 'yesterday'],
  ['2026-11-25T10:00:00Z', 'in 3 days'],
  ['2026-11-01T10:00:00Z', '3 weeks ago'],
  ['2026-08-01T10:00:00Z', '3 months ago'],
  ['nonsense', 'nonsense'],
])('%s is %s', (moment, text) => {
  expect(formatRelative(moment, new Date('2026-11-22T10:00:00Z'))).toBe(text)
})

it('shows a moment on the clock of the school', () => {
  expect(formatMoment('2026-11-22T20:30:00Z', 'Asia/Kolkata')).toBe('23 Nov 2026, 02:00')
  expect(formatClock(new Date(2026, 10, 22, 10, 42))).toBe('10:42')
  // Whatever day it is in Greenwich then.
  expect(formatDate(new Date(2026, 10, 22, 0, 5).toISOString())).toBe('22 Nov 2026')
  expect(formatDate(new Date(2026, 10, 22, 23, 55).toISOString())).toBe('22 Nov 2026')
})

it('counts words, not gaps', () => {
  expect(countWords('  I tried it – twice.\nIt works! ')).toBe(6)
  expect(countWords('')).toBe(0)
})
