import type { TFunction } from 'i18next'
import { ApiError, isTransient, NetworkError } from './problem'

/** "3 minutes", "40 seconds": the unit a person waits in. */
export function describeWait(seconds: number, t: TFunction<'common'>): string {
  return seconds <= 90
    ? t('wait.seconds', { count: Math.max(1, Math.ceil(seconds)) })
    : t('wait.minutes', { count: Math.ceil(seconds / 60) })
}

/** What went wrong, in words of the catalogue; of the server's words only those it wrote for people. */
export function describeError(error: unknown, t: TFunction<'common'>): string {
  if (error instanceof NetworkError) return t('error.network')
  if (isTransient(error)) return t('error.unavailable')
  if (!(error instanceof ApiError)) return t('error.unknown')
  if (error.status === 429) {
    return error.retryAfterSeconds === null
      ? t('error.tooManySoon')
      : t('error.tooMany', { wait: describeWait(error.retryAfterSeconds, t) })
  }
  if (error.status === 404) return t('error.notFound')
  if (error.status === 401) return t('error.signedOut')
  if (error.status < 500 && error.detail) return error.detail
  return error.status === 403 ? t('error.forbidden') : t('error.unknown')
}
