import {
  CheckIcon,
  ClockIcon,
  ExclamationTriangleIcon,
  MinusIcon,
  XMarkIcon,
} from '@heroicons/react/20/solid'
import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Spinner } from '@/components/ui/spinner'
import { formatPercent } from '@/lib/format'
import { type Stage, type StageState, stagesOf } from './pipeline-stages'
import { isSettled, type VideoAsset } from './queries'

const LOOKS: Record<StageState, { icon: typeof CheckIcon | null; dot: string; text: string }> = {
  waiting: { icon: null, dot: 'border-edge bg-surface', text: 'text-ink-soft' },
  queued: { icon: ClockIcon, dot: 'border-brand-strong text-brand-strong', text: 'text-ink-soft' },
  running: { icon: null, dot: 'border-brand-strong text-brand-strong', text: 'text-brand-strong' },
  done: { icon: CheckIcon, dot: 'border-success bg-success text-white', text: 'text-ink-soft' },
  failed: {
    icon: ExclamationTriangleIcon,
    dot: 'border-danger bg-danger text-white',
    text: 'font-semibold text-danger',
  },
  skipped: { icon: MinusIcon, dot: 'border-edge text-ink-soft', text: 'text-ink-soft' },
  cancelled: { icon: XMarkIcon, dot: 'border-edge text-ink-soft', text: 'text-ink-soft' },
  notReached: { icon: null, dot: 'border-edge bg-page', text: 'text-ink-soft' },
}

/** A video's way from the upload to the learner: below each other on a phone, in a row where there is room. */
export function PipelineStepper({ asset }: { asset: VideoAsset }) {
  const { t } = useTranslation('uploads')
  return (
    <div className="@container">
      <ol
        aria-label={t('stages.label')}
        className="grid gap-y-3 @2xl:grid-cols-7 @2xl:gap-x-1 @2xl:gap-y-0"
      >
        {stagesOf(asset).map((stage, index) => (
          <StageItem key={stage.name} stage={stage} isFirst={index === 0} />
        ))}
      </ol>
      {!isSettled(asset) && (
        <p className="mt-4 text-sm text-ink-soft">
          {asset.playable && `${t('watchAlready')} `}
          {t('safeToLeave')}
        </p>
      )}
    </div>
  )
}

function StageItem({ stage, isFirst }: { stage: Stage; isFirst: boolean }) {
  const { t } = useTranslation('uploads')
  const { name, state, percent } = stage
  const { icon: Icon, dot, text } = LOOKS[state]
  const counted = state === 'running' && percent > 0
  return (
    <li
      aria-current={state === 'running' ? 'step' : undefined}
      className="relative flex items-start gap-3 @2xl:flex-col @2xl:items-center @2xl:gap-2 @2xl:text-center"
    >
      {!isFirst && (
        <span
          aria-hidden="true"
          className="absolute bg-line @max-2xl:-top-3 @max-2xl:left-3.5 @max-2xl:h-3 @max-2xl:w-0.5 @2xl:top-3.5 @2xl:right-[calc(50%+1.125rem)] @2xl:h-0.5 @2xl:w-[calc(100%-2rem)]"
        />
      )}
      <span
        aria-hidden="true"
        className={clsx(
          'relative flex size-7.5 shrink-0 items-center justify-center rounded-full border-2',
          dot,
        )}
      >
        {state === 'running' ? (
          <Spinner className="size-4.5" />
        ) : (
          Icon && <Icon className="size-4.5" />
        )}
      </span>
      <div className="min-w-0 flex-1 @2xl:w-full @2xl:px-0.5">
        <p className="leading-tight font-semibold @max-2xl:inline">{t(`stages.${name}`)}</p>
        <span className="@2xl:hidden">{': '}</span>
        <p className={clsx('text-sm @max-2xl:inline', text)}>
          {counted
            ? t('stageState.runningPercent', { percent: formatPercent(percent) })
            : t(`stageState.${state}`)}
        </p>
        {counted && (
          <ProgressBar percentage={percent} label={t(`stages.${name}`)} className="mt-1.5 h-1.5" />
        )}
      </div>
    </li>
  )
}
