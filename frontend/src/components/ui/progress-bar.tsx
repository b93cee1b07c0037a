import { clsx } from 'clsx'
import { formatPercent } from '@/lib/format'

interface ProgressBarProps {
  /** 0 to 100. */
  percentage: number
  label: string
  className?: string
}

export function ProgressBar({ percentage, label, className }: ProgressBarProps) {
  const value = Math.min(100, Math.max(0, percentage))
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(value)}
      aria-valuetext={formatPercent(value)}
      className={clsx('h-2 overflow-hidden rounded-full bg-line forced-colors:border', className)}
    >
      <div
        className="h-full rounded-full bg-brand-strong forced-colors:bg-[Highlight]"
        style={{ width: `${value}%` }}
      />
    </div>
  )
}
