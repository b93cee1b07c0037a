import { paths } from '@/config/paths'

/** Who is to be reminded, and of what. Without people: everybody who has not finished it. */
export interface Wanted {
  course?: string | undefined
  assignment?: string | undefined
  teachers?: readonly string[]
}

/** More ids than this make an address that servers refuse; they travel beside it. */
const IN_ADDRESS = 100

/** The page on which a reminder is written, for the `to` and `state` of the router. */
export function reminderLink({ course, assignment, teachers = [] }: Wanted) {
  const people = [...new Set(teachers)]
  const query = new URLSearchParams({
    ...(course !== undefined && { course }),
    ...(assignment !== undefined && { assignment }),
  })
  const fits = people.length <= IN_ADDRESS
  if (fits && people.length > 0) query.set('teachers', people.join(','))
  return {
    to: { pathname: paths.newReminder, search: query.toString() },
    state: fits ? null : { teachers: people },
  }
}

/** Of rows of several people: what all are about, or undefined. */
export function common<Row>(rows: readonly Row[], of: (row: Row) => string): string | undefined {
  const [first, ...others] = new Set(rows.map(of))
  return others.length === 0 ? first : undefined
}
