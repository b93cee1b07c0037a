import type { TFunction } from 'i18next'
import { describeError } from '@/lib/api/describe-error'
import { ApiError } from '@/lib/api/problem'

const KNOWN = [
  'last_admin',
  'own_account',
  'plan_limit',
  'email_taken',
  'already_joined',
  'not_active',
] as const

/** What stands in the way of a change to a person, in words of the catalogue where there are some. */
export function describePersonError(
  error: unknown,
  t: TFunction<'teachers'>,
  tCommon: TFunction<'common'>,
): string {
  const code = error instanceof ApiError && KNOWN.find((known) => known === error.code)
  return code ? t(`problem.${code}`) : describeError(error, tCommon)
}
