import i18n from 'i18next'

/**
 * The locale of dates and numbers: the reader's own variant of the language the page is in
 * (a British reader of an English page gets "21 Nov", an American one "Nov 21").
 */
function locale(): string {
  const language = i18n.resolvedLanguage ?? 'en'
  return navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language
}

const pad = (value: number) => String(value).padStart(2, '0')

function split(seconds: number) {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds)) : 0
  return { h: Math.floor(whole / 3600), m: Math.floor(whole / 60) % 60, s: whole % 60 }
}

/** `125` -> `2:05`, `3725` -> `1:02:05`. */
export function formatTime(seconds: number): string {
  const { h, m, s } = split(seconds)
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`
}

/** `125` -> `2 minutes 5 seconds`: a screen reader would read `2:05` as a time of day. */
export function spokenTime(seconds: number): string {
  const { h, m, s } = split(seconds)
  const unit = (value: number, name: string) =>
    new Intl.NumberFormat(locale(), { style: 'unit', unit: name, unitDisplay: 'long' }).format(
      value,
    )
  const parts = [h > 0 && unit(h, 'hour'), m > 0 && unit(m, 'minute'), s > 0 && unit(s, 'second')]
  const said = parts.filter((part) => part !== false)
  return said.length > 0
    ? new Intl.ListFormat(locale(), { style: 'narrow', type: 'unit' }).format(said)
    : unit(0, 'second')
}

/** A calendar day (`2026-11-22`) in words. It has no time zone, and must not get one by accident. */
export function formatDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return day
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeZone: 'UTC' }).format(date)
}

/** The same without its year, for the axis of a chart: `22 Nov`. */
export function formatDayShort(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return day
  return new Intl.DateTimeFormat(locale(), {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  }).format(date)
}

/** The month that a day lies in, for the axis of a chart: `Nov 2026`. */
export function formatMonth(day: string): string {
  const date = new Date(`${day.slice(0, 7)}-01T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return day
  return new Intl.DateTimeFormat(locale(), {
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(date)
}

/** Whether the day lies behind us on the reader's own calendar. Deadlines end with their day. */
export function isPastDay(day: string, now = new Date()): boolean {
  return day < `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`
}

export const formatNumber = (value: number): string =>
  new Intl.NumberFormat(locale(), { maximumFractionDigits: 2 }).format(value)

const BYTE_UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** `1572864` -> `1.5 MB`, in powers of 1024, in which plans are counted. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1024 ? 1 : Math.min(4, Math.floor(Math.log2(bytes) / 10))
  return new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit: BYTE_UNITS[power - 1] ?? 'kilobyte',
    maximumFractionDigits: 1,
    // A file that is there is never shown as nothing.
  }).format(bytes > 0 ? Math.max(0.1, bytes / 1024 ** power) : 0)
}

/**
 * How long something takes, to be read at a glance: `750` -> `12 min`, `3900` -> `1 h 5 min`. The
 * symbols are those of the SI, the same in every language of ours.
 */
export function formatDuration(seconds: number): string {
  const { h, m, s } = split(seconds)
  if (h === 0 && m === 0) return `${s}\u00A0s`
  const minutes = Math.round((h * 3600 + m * 60 + s) / 60)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return `${rest}\u00A0min`
  // Beside days of film, minutes are noise.
  const whole = `${formatNumber(hours)}\u00A0h`
  return rest === 0 || hours >= 24 ? whole : `${whole} ${rest}\u00A0min`
}

/**
 * A moment (`2026-11-22T10:00:00Z`) on a clock.
 *
 * @param timeZone IANA name, as of the school; without it the reader's own clock
 */
export function formatMoment(moment: string, timeZone?: string): string {
  const date = new Date(moment)
  if (Number.isNaN(date.getTime())) return moment
  return new Intl.DateTimeFormat(locale(), {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(date)
}

/** The day of a moment on the reader's own clock. What `slice(0, 10)` gives is the day in Greenwich. */
export function formatDate(moment: string): string {
  const date = new Date(moment)
  if (Number.isNaN(date.getTime())) return moment
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' }).format(date)
}

/** The time of day alone, for what happened just now: `10:42`. */
export const formatClock = (moment: Date): string =>
  new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }).format(moment)

/** Each unit up to where the next one says it better. Months and years are means, in seconds. */
const SPANS = [
  { unit: 'second', seconds: 1, below: 60 },
  { unit: 'minute', seconds: 60, below: 3600 },
  { unit: 'hour', seconds: 3600, below: 86_400 },
  { unit: 'day', seconds: 86_400, below: 7 * 86_400 },
  { unit: 'week', seconds: 7 * 86_400, below: 30 * 86_400 },
  { unit: 'month', seconds: 2_629_800, below: 31_557_600 },
  { unit: 'year', seconds: 31_557_600, below: Infinity },
] as const

/** How far away a moment is: `3 hours ago`, `tomorrow`. Goes well beside the moment itself. */
export function formatRelative(moment: string, now = new Date()): string {
  const difference = (Date.parse(moment) - now.getTime()) / 1000
  if (Number.isNaN(difference)) return moment
  const span = SPANS.find(({ below }) => Math.abs(difference) < below)
  if (!span) return moment
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(
    // `0 seconds ago` is said as `now`; a clock that runs ahead a little must not show a future.
    span.unit === 'second'
      ? Math.trunc(difference / 30) * 30
      : Math.trunc(difference / span.seconds),
    span.unit,
  )
}

/** How many words a text has, in any script. */
export function countWords(text: string): number {
  let words = 0
  for (const { isWordLike } of new Intl.Segmenter(locale(), { granularity: 'word' }).segment(
    text,
  )) {
    if (isWordLike) words += 1
  }
  return words
}

/** `ratio` from 0 to 100. Rounded down, so that 100 % is said only when it is true. */
export const formatPercent = (percentage: number): string =>
  new Intl.NumberFormat(locale(), { style: 'percent' }).format(
    Math.floor(Math.min(100, Math.max(0, percentage))) / 100,
  )

/** `en` -> `English`, in the language of the page. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(locale(), { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
