import type { TFunction } from 'i18next'
import * as z from 'zod/mini'
import { ROLES, type Teacher, type TeacherChanges } from './queries'

/** What the API takes. */
const MOST_NAME = 200
const MOST_LINE = 120

/** Who somebody is: asked when they are invited, and on their page. */
export function identitySchema(t: TFunction<'teachers'>) {
  const long = (most: number) => z.maxLength(most, t('fault.long', { most }))
  const name = (field: 'first_name' | 'last_name') =>
    z.string().check(z.trim(), z.minLength(1, t(`fault.${field}`)), long(MOST_NAME))
  return {
    first_name: name('first_name'),
    last_name: name('last_name'),
    email: z.string().check(z.trim(), z.email(t('fault.email'))),
    role: z.enum(ROLES),
    department: z.string().check(z.trim(), long(MOST_LINE)),
    group_ids: z.array(z.string()),
  }
}

export function detailsSchema(t: TFunction<'teachers'>) {
  const line = () =>
    z.string().check(z.trim(), z.maxLength(MOST_LINE, t('fault.long', { most: MOST_LINE })))
  return z.object({
    ...identitySchema(t),
    employee_id: line(),
    designation: line(),
    subjects: z.string(),
    grades: z.string(),
    date_of_joining: z.nullable(z.string()),
  })
}

export type Details = z.infer<ReturnType<typeof detailsSchema>>

const several = (text: string): string[] =>
  text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter(Boolean)

export const toDetails = (person: Teacher): Details => ({
  first_name: person.first_name,
  last_name: person.last_name,
  email: person.email,
  // A school's people have one of the school's roles.
  role: ROLES.find((role) => role === person.role) ?? 'TEACHER',
  department: person.department,
  group_ids: person.group_ids,
  employee_id: person.employee_id,
  designation: person.designation,
  subjects: person.subjects.join(', '),
  grades: person.grades.join(', '),
  date_of_joining: person.date_of_joining,
})

const toChanges = (values: Details): Required<Pick<TeacherChanges, keyof Details>> => ({
  ...values,
  subjects: several(values.subjects),
  grades: several(values.grades),
})

/** Only what differs: some things may be changed by fewer people than others, and are left alone. */
export function changesOf(person: Teacher, values: Details): TeacherChanges {
  const [before, after] = [toChanges(toDetails(person)), toChanges(values)]
  return Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Details]),
    ),
  )
}
