import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { formatPercent } from '@/lib/format'

const RADIUS = 42
const ROUND = 2 * Math.PI * RADIUS

interface ProgressRingProps {
  /** 0 to 100. */
  percentage: number
  label: string
  /** Size and text size, as `size-24 text-xl`. */
  className?: string
  /** In the middle instead of the percentage. Only seen: the ring itself says how far it is. */
  children?: ReactNode
}

export function ProgressRing({ percentage, label, className, children }: ProgressRingProps) {
  const value = Math.min(100, Math.max(0, percentage))
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(value)}
      aria-valuetext={formatPercent(value)}
      className={clsx('relative grid shrink-0 place-items-center', className ?? 'size-24 text-xl')}
    >
      <svg viewBox="0 0 100 100" fill="none" aria-hidden="true" className="size-full -rotate-90">
        <circle cx="50" cy="50" r={RADIUS} strokeWidth="10" className="stroke-line" />
        {value > 0 && (
          <circle
            cx="50"
            cy="50"
            r={RADIUS}
            strokeWidth="10"
            strokeLinecap="round"
            strokeDasharray={`${(value / 100) * ROUND} ${ROUND}`}
            className="stroke-brand-strong forced-colors:stroke-[Highlight]"
          />
        )}
      </svg>
      <span aria-hidden="true" className="absolute font-bold tabular-nums">
        {children ?? formatPercent(value)}
      </span>
    </div>
  )
}
