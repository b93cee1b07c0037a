import i18n, { type TFunction } from 'i18next'
import type { TroubledStep } from './queries'

/** Codes of failures whose reason, and what helps, we can say in the reader's language. */
const KNOWN = [
  'audio_failed',
  'content_gone',
  'internal_error',
  'language_unsupported',
  'machine_trouble',
  'model_missing',
  'not_a_video',
  'object_missing',
  'storage_unavailable',
  'thumbnail_failed',
  'too_large',
  'too_long',
  'transcode_failed',
  'transcribe_failed',
  'unsupported',
  'worker_lost',
] as const

/** Why a step stands still, in a sentence; of the server's words only where they are understood. */
export function reasonOf(step: TroubledStep, t: TFunction<'pipeline'>): string {
  if (step.state === 'QUEUED') return t('reason.waiting')
  if (step.state === 'RUNNING') return t('reason.stuck')
  const isEnglish = (i18n.resolvedLanguage ?? 'en') === 'en'
  // The server's sentence knows the numbers ("longer than 60 minutes").
  if (isEnglish && step.error) return step.error
  const known = KNOWN.find((code) => code === step.error_code)
  return t(`reason.${known ?? 'unknown'}`)
}

/** What helps, where more than trying again is needed. */
export function adviceFor(step: TroubledStep, t: TFunction<'pipeline'>): string | null {
  switch (step.error_code) {
    case 'not_a_video':
    case 'too_large':
    case 'too_long':
    case 'unsupported':
    case 'content_gone':
      return t('advice.file')
    case 'storage_unavailable':
    case 'object_missing':
    case 'machine_trouble':
    case 'model_missing':
      return t('advice.machine')
    default:
      return step.state === 'QUEUED' ? t('advice.workers') : null
  }
}
