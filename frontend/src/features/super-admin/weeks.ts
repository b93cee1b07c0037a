import type { Activity } from './queries'

export type Measure = 'sign_ins' | 'new_users' | 'videos' | 'new_schools'

export const MEASURES = ['sign_ins', 'new_users', 'videos', 'new_schools'] as const

/** What happened on a day, or in the week that begins on it. */
export type Span = { date: string } & Record<Measure, number>

const DAYS = 7

/** Whole weeks, counted back from today, so that the last one is not a stub of a week. */
export function byWeek(days: readonly Activity[]): Span[] {
  const weeks: Span[] = []
  for (let end = days.length; end >= DAYS; end -= DAYS) {
    const week = days.slice(end - DAYS, end)
    const total = (measure: Measure) => week.reduce((sum, day) => sum + day[measure], 0)
    weeks.unshift({
      date: week[0]?.date ?? '',
      sign_ins: total('sign_ins'),
      new_users: total('new_users'),
      videos: total('videos'),
      new_schools: total('new_schools'),
    })
  }
  return weeks
}
