import { ForwardIcon, StopIcon } from '@heroicons/react/24/solid'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration, formatPercent, formatTime } from '@/lib/format'
import { countSeconds, type SecondRanges, subtractRanges } from './second-ranges'
import { useMissed } from './use-missed'

/** How far the person is, as the server says it. */
export interface Coverage {
  percentage: number
  /** From here on it counts as done. */
  required: number
  isDone: boolean
}

interface MissedBarProps {
  video: HTMLVideoElement | null
  durationSeconds: number
  watched: SecondRanges
  coverage: Coverage
  /** The person came here to play what they missed. */
  startsAtOnce: boolean
}

const BUTTON =
  'flex min-h-11 items-center gap-2 rounded-lg bg-white/15 px-4 font-semibold text-white hover:bg-white/25'

/** Plays only what was not watched yet, and says at the end whether that was enough. */
export function MissedBar({
  video,
  durationSeconds,
  watched,
  coverage,
  startsAtOnce,
}: MissedBarProps) {
  const { t } = useTranslation('teacher')
  const { run, ended, start, stop } = useMissed(video)
  const missed = subtractRanges([[0, Math.ceil(durationSeconds)]], watched)
  const begin = useEffectEvent(() => {
    if (startsAtOnce && !coverage.isDone) start(missed)
  })
  useEffect(() => {
    if (video) begin()
  }, [video])

  const part = run?.parts[run.index]
  const offers = !run && !coverage.isDone && watched.length > 0 && missed.length > 0
  const Icon = run ? StopIcon : ForwardIcon
  const verdict = () => {
    if (ended === null) return null
    if (coverage.isDone) return t('missed.enough')
    return t(ended === 'done' ? 'missed.notEnough' : 'missed.stopped', {
      share: formatPercent(coverage.percentage),
      required: formatPercent(coverage.required),
    })
  }
  const text =
    run && part
      ? t('missed.playing', {
          number: run.index + 1,
          count: run.parts.length,
          from: formatTime(part[0]),
          to: formatTime(Math.min(part[1], durationSeconds)),
        })
      : verdict()
  return (
    <div
      data-testid="missed"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 pb-3 text-white empty:hidden has-[>p:empty:only-child]:hidden"
    >
      {/* One button that changes, so that the focus stays on it. */}
      {(run || offers) && (
        <button type="button" onClick={run ? stop : () => start(missed)} className={BUTTON}>
          <Icon aria-hidden="true" className="size-5" />
          {run
            ? t('missed.stop')
            : t('missed.play', { length: formatDuration(countSeconds(missed)) })}
        </button>
      )}
      <p role="status" className="min-w-0 flex-1 basis-48 text-sm">
        {text}
      </p>
    </div>
  )
}
