import type { TFunction } from 'i18next'
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form'
import { isApiError } from '@/lib/api/problem'

/** The field at which each refusal stands. */
const FIELDS = {
  email_taken: 'email',
  plan_limit: 'role',
  last_admin: 'role',
  own_account: 'role',
} as const

/**
 * Says in words of the catalogue, at the field, what the school's rules refuse.
 *
 * @throws what it was given when it is about something else
 */
export function refuseField<T extends FieldValues>(
  error: unknown,
  form: UseFormReturn<T, unknown, T>,
  t: TFunction<'teachers'>,
): void {
  for (const code of ['email_taken', 'plan_limit', 'last_admin', 'own_account'] as const) {
    if (isApiError(error, code)) {
      // Both forms have these fields.
      form.setError(
        FIELDS[code] as Path<T>,
        { type: code, message: t(`problem.${code}`) },
        { shouldFocus: true },
      )
      return
    }
  }
  throw error
}
