import type { Course } from './queries'

/** What is said of a course as a whole, and edited in one form. */
export type Details = Pick<
  Course,
  'title' | 'description' | 'is_mandatory' | 'deadline' | 'estimated_hours'
>

export const detailsOf = (course: Course): Details => ({
  title: course.title,
  description: course.description,
  is_mandatory: course.is_mandatory,
  deadline: course.deadline,
  estimated_hours: course.estimated_hours,
})

/** What of `after` differs from `before`. */
export function changed<T extends object>(before: T, after: T): Partial<T> {
  const differing = Object.entries(after).filter(
    ([name, value]) => value !== before[name as keyof T],
  )
  // The entries of a T are entries of a Partial<T>.
  return Object.fromEntries(differing) as Partial<T>
}
