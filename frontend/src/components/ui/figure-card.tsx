import type { ReactNode } from 'react'

/** One number that matters, with what it is and, below, what puts it into proportion. */
export function FigureCard({
  label,
  value,
  children,
}: {
  label: string
  value: string
  children?: ReactNode
}) {
  return (
    <div className="flex flex-col rounded-card border border-line bg-surface p-5">
      <dt className="font-medium text-ink-soft">{label}</dt>
      <dd className="mt-1">
        <span className="text-3xl font-bold tracking-tight">{value}</span>
        {children && <p className="mt-1 text-sm text-ink-soft">{children}</p>}
      </dd>
    </div>
  )
}
