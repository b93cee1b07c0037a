import { ArrowPathIcon, ArrowUpTrayIcon } from '@heroicons/react/20/solid'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { mayHelpToRetry, needsOtherFile, type Stage } from './pipeline-stages'
import type { VideoStep } from './queries'

const KNOWN = [
  'not_a_video',
  'too_long',
  'too_large',
  'unsupported',
  'transcode_failed',
  'transcribe_failed',
  'model_missing',
  'worker_lost',
  'storage_unavailable',
  'object_missing',
  'machine_trouble',
  'cancelled',
] as const

/** The server's sentence knows the numbers, but is English. */
function describeFault(
  { error, error_code: code }: VideoStep,
  language: string | undefined,
  t: TFunction<'uploads'>,
): string {
  if (error && language === 'en') return error
  const known = KNOWN.find((each) => each === code)
  return t(known ? `why.${known}` : 'why.other')
}

function describeWayOut(code: string | null, t: TFunction<'uploads'>): string {
  if (!needsOtherFile(code)) return t('next.retry')
  return mayHelpToRetry(code) ? t('next.both') : t('next.replace')
}

interface StageProblemProps {
  stage: Stage
  playable: boolean
  retrying: boolean
  onRetry: (step: VideoStep['name']) => void
  onReplace: () => void
}

/** What did not work, why, and what helps. */
export function StageProblem({ stage, playable, retrying, onRetry, onReplace }: StageProblemProps) {
  const { t, i18n } = useTranslation('uploads')
  const { step, name, state } = stage
  if (!step) return null
  const code = step.error_code
  return (
    <Notice tone="danger">
      <p className="font-bold">
        {state === 'cancelled' ? t('problem.cancelled') : t(`problem.${name}`)}
      </p>
      {state === 'failed' && <p>{describeFault(step, i18n.resolvedLanguage, t)}</p>}
      <p className="mt-1 text-sm">
        {playable && `${t('problem.stillPlayable')} `}
        {state === 'failed' && describeWayOut(code, t)}
      </p>
      <div className="mt-3 flex flex-wrap gap-3">
        {mayHelpToRetry(code) && (
          <Button
            look="secondary"
            pending={retrying}
            aria-label={t('action.retryOf', { stage: t(`stages.${name}`) })}
            onClick={() => onRetry(step.name)}
          >
            <ArrowPathIcon aria-hidden="true" className="size-5" />
            {t('action.retry')}
          </Button>
        )}
        {(needsOtherFile(code) || !playable) && (
          <Button look="secondary" onClick={onReplace}>
            <ArrowUpTrayIcon aria-hidden="true" className="size-5" />
            {t('action.replace')}
          </Button>
        )}
      </div>
    </Notice>
  )
}
