import type { TFunction } from 'i18next'
import { describeError, describeWait } from '@/lib/api/describe-error'
import { ApiError, isApiError } from '@/lib/api/problem'

export function describeSignInError(
  error: unknown,
  t: TFunction<'auth'>,
  tCommon: TFunction<'common'>,
): string {
  // One message for a wrong address and a wrong password: the page must not tell who works here.
  if (isApiError(error, 'invalid_credentials')) return t('login.wrong')
  if (error instanceof ApiError && error.status === 429) {
    return error.retryAfterSeconds === null
      ? t('login.lockedSoon')
      : t('login.locked', { wait: describeWait(error.retryAfterSeconds, tCommon) })
  }
  return describeError(error, tCommon)
}
