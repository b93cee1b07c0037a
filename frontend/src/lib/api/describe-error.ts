import i18n, { type TFunction } from 'i18next'
import { ApiError, type FieldProblem, isTransient, NetworkError } from './problem'

/** "3 minutes", "40 seconds": the unit a person waits in. */
export function describeWait(seconds: number, t: TFunction<'common'>): string {
  return seconds <= 90
    ? t('wait.seconds', { count: Math.max(1, Math.ceil(seconds)) })
    : t('wait.minutes', { count: Math.ceil(seconds / 60) })
}

/** The server writes its sentences in English only. */
const serverIsUnderstood = () => (i18n.resolvedLanguage ?? 'en') === 'en'

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
  if (error.code === 'impersonating') return t('error.visiting')
  if (error.status < 500 && error.detail && serverIsUnderstood()) return error.detail
  if (error.status === 403) return t('error.forbidden')
  return error.status < 500 ? t('error.refused') : t('error.unknown')
}

const FIELD_CODES = [
  'too_short',
  'too_long',
  'too_common',
  'required',
  'invalid',
  'reserved',
  'taken',
] as const

/** What is wrong with a field: the server's own sentence, which knows the numbers, where it is understood. */
export function describeFieldProblem({ code, message }: FieldProblem): string {
  if (serverIsUnderstood()) return message
  const known = FIELD_CODES.find((each) => each === code) ?? 'invalid'
  return i18n.t(`fieldError.${known}`)
}
