import {
  ArrowRightIcon,
  ArrowTrendingDownIcon,
  ArrowTrendingUpIcon,
} from '@heroicons/react/20/solid'
import { clsx } from 'clsx'
import type { ComponentType, ReactNode, SVGProps } from 'react'
import { Link } from 'react-router'

const ARROWS = { up: ArrowTrendingUpIcon, down: ArrowTrendingDownIcon, same: ArrowRightIcon }
const TONES = { good: 'text-success', bad: 'text-danger', neutral: 'text-ink-soft' }

interface StatCardProps {
  label: string
  /** Ready to be read: "42 %", "3 of 20". */
  value: string
  icon?: ComponentType<SVGProps<SVGSVGElement>>
  /** What moved, in words ("4 more than last month"): the arrow and its colour only help. */
  change?: { text: string; direction: keyof typeof ARROWS; tone?: keyof typeof TONES }
  /** Where more of it stands. The whole card leads there. */
  to?: string
  /** What puts the number into proportion: a sentence, a bar. */
  children?: ReactNode
}

/** One number that matters, how it moved, and the way to what is behind it. */
export function StatCard({ label, value, icon: Icon, change, to, children }: StatCardProps) {
  const Arrow = change && ARROWS[change.direction]
  return (
    <div
      className={clsx(
        'relative flex flex-col rounded-card border border-line bg-surface p-5',
        to && 'transition-colors hover:border-brand-strong',
      )}
    >
      <div className="flex items-start justify-between gap-3">
        <p className="font-medium text-ink-soft">
          {to ? (
            <Link
              to={to}
              className="rounded underline-offset-4 after:absolute after:inset-0 after:rounded-card hover:underline"
            >
              {label}
            </Link>
          ) : (
            label
          )}
        </p>
        {Icon && <Icon aria-hidden="true" className="size-6 shrink-0 text-brand-strong" />}
      </div>
      <p className="mt-1 text-3xl font-bold tracking-tight tabular-nums">{value}</p>
      {change && Arrow && (
        <p
          className={clsx(
            'mt-1 flex items-start gap-1.5 text-sm font-medium',
            TONES[change.tone ?? 'neutral'],
          )}
        >
          <Arrow aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {change.text}
        </p>
      )}
      {children && <div className="mt-2 text-sm text-ink-soft">{children}</div>}
    </div>
  )
}
