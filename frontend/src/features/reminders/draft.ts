import type { TFunction } from 'i18next'
import { z } from 'zod/mini'
import type { Kind, ReminderRequest } from './queries'

/** A reminder as it stands in the form. */
export interface Draft {
  kind: Kind
  course_id: string | null
  assignment_id: string | null
  audience: 'everybody' | 'chosen'
  teacher_ids: string[]
  subject: string
  message: string
}

export const KINDS = ['COURSE_DEADLINE', 'ASSIGNMENT_DUE', 'CUSTOM'] as const
const MAX_SUBJECT = 200
export const MAX_MESSAGE = 5000

/** What is missing is said at the field that misses it. */
export const draftSchema = (t: TFunction<'reminders'>) =>
  z
    .object({
      kind: z.enum(KINDS),
      course_id: z.nullable(z.string()),
      assignment_id: z.nullable(z.string()),
      audience: z.enum(['everybody', 'chosen']),
      teacher_ids: z.array(z.string()),
      subject: z.string().check(z.maxLength(MAX_SUBJECT, t('compose.subjectTooLong'))),
      message: z.string().check(z.maxLength(MAX_MESSAGE, t('compose.messageTooLong'))),
    })
    .check(({ value, issues }) => {
      const miss = (field: keyof Draft, message: string) =>
        issues.push({ code: 'custom', path: [field], message, input: value[field] })
      if (value.kind === 'COURSE_DEADLINE' && value.course_id === null) {
        miss('course_id', t('compose.courseMissing'))
      }
      if (value.kind === 'ASSIGNMENT_DUE' && value.assignment_id === null) {
        miss('assignment_id', t('compose.assignmentMissing'))
      }
      if (value.audience === 'chosen' && value.teacher_ids.length === 0) {
        miss('teacher_ids', t('compose.peopleMissing'))
      }
      if (value.kind === 'CUSTOM' && value.message.trim() === '') {
        miss('message', t('compose.messageMissing'))
      }
    })

/** Whom it goes to and what it is about; null as long as that is not settled. */
export function audienceOf(draft: Draft): ReminderRequest | null {
  const isSettled =
    (draft.kind !== 'COURSE_DEADLINE' || draft.course_id !== null) &&
    (draft.kind !== 'ASSIGNMENT_DUE' || draft.assignment_id !== null) &&
    (draft.audience === 'everybody' || draft.teacher_ids.length > 0)
  if (!isSettled) return null
  return {
    kind: draft.kind,
    ...(draft.kind === 'COURSE_DEADLINE' && { course_id: draft.course_id }),
    ...(draft.kind === 'ASSIGNMENT_DUE' && { assignment_id: draft.assignment_id }),
    ...(draft.audience === 'chosen' && { teacher_ids: draft.teacher_ids.toSorted() }),
  }
}

/** An audience that can be asked about before there are words: own words have no standard to fall back on. */
export const askable = (audience: ReminderRequest | null): ReminderRequest | null =>
  audience?.kind === 'CUSTOM' ? { ...audience, message: '…' } : audience

/** What is sent; words that were left empty are the standard ones. */
export function requestOf(draft: Draft): ReminderRequest | null {
  const audience = audienceOf(draft)
  return (
    audience && {
      ...audience,
      ...(draft.subject.trim() && { subject: draft.subject.trim() }),
      ...(draft.message.trim() && { message: draft.message.trim() }),
    }
  )
}

/** A draft as another page asked for it: `?course=…&teachers=a,b`, and more people beside the address. */
export function draftFrom(params: URLSearchParams, state: unknown): Draft {
  const course = params.get('course')
  const assignment = params.get('assignment')
  const inAddress = (params.get('teachers') ?? '').split(',').filter((id) => id !== '')
  const people = inAddress.length > 0 ? inAddress : peopleIn(state)
  return {
    kind: assignment
      ? 'ASSIGNMENT_DUE'
      : course || people.length === 0
        ? 'COURSE_DEADLINE'
        : 'CUSTOM',
    course_id: course,
    assignment_id: assignment,
    audience: people.length > 0 ? 'chosen' : 'everybody',
    teacher_ids: people,
    subject: '',
    message: '',
  }
}

function peopleIn(state: unknown): string[] {
  if (typeof state !== 'object' || state === null || !('teachers' in state)) return []
  const { teachers } = state
  return Array.isArray(teachers) ? teachers.filter((id) => typeof id === 'string') : []
}
