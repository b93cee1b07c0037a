import type { onboardSchool } from '@/lib/api/operations'
import type { Plan } from './queries'

/** What the operator has entered so far; the steps fill it, one part each. */
export interface Draft {
  school_name: string
  time_zone: string
  subdomain: string
  admin_first_name: string
  admin_last_name: string
  admin_email: string
  plan: Plan
  trial_days: number | null
}

export const STEPS = ['name', 'address', 'admin', 'plan', 'review'] as const
export type Step = (typeof STEPS)[number]

/** Which step asks for what: a refusal of the server leads back there. */
export const FIELDS = {
  name: ['school_name', 'time_zone'],
  address: ['subdomain'],
  admin: ['admin_first_name', 'admin_last_name', 'admin_email'],
  plan: ['plan', 'trial_days'],
  review: [],
} as const satisfies Record<Step, readonly (keyof Draft)[]>

export const MAX_NAME = 200
export const MAX_TRIAL_DAYS = 365
const USUAL_TRIAL_DAYS = 14

export const emptyDraft = (): Draft => ({
  school_name: '',
  // Most operators open schools of their own country.
  time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC',
  subdomain: '',
  admin_first_name: '',
  admin_last_name: '',
  admin_email: '',
  plan: 'FREE',
  trial_days: USUAL_TRIAL_DAYS,
})

export const isEmptyDraft = (draft: Draft): boolean =>
  [...FIELDS.name.slice(0, 1), ...FIELDS.address, ...FIELDS.admin].every((name) => !draft[name])

export const toRequest = (draft: Draft): Parameters<typeof onboardSchool>[0]['body'] => ({
  ...draft,
  trial_days: draft.trial_days ?? USUAL_TRIAL_DAYS,
})

/** The first step whose field the server complains about. */
export const stepOf = (fields: readonly string[]): Step | undefined =>
  STEPS.find((step) => FIELDS[step].some((name) => fields.includes(name)))

/** A step can be shown when those before it are filled in. */
export function reachable(step: Step, draft: Draft): Step {
  const open = STEPS.find((each) => FIELDS[each].some((name) => draft[name] === ''))
  return open !== undefined && STEPS.indexOf(open) < STEPS.indexOf(step) ? open : step
}
