import type { ComponentType, ReactNode, SVGProps } from 'react'

interface EmptyStateProps {
  icon: ComponentType<SVGProps<SVGSVGElement>>
  title: string
  /** Why it is empty and what changes that. */
  children: ReactNode
  action?: ReactNode
}

export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center rounded-card border border-line bg-surface px-6 py-12 text-center">
      <span className="rounded-full bg-brand-soft p-4 text-brand-strong">
        <Icon aria-hidden="true" className="size-8" />
      </span>
      <h2 className="mt-4 text-lg font-bold">{title}</h2>
      <div className="mt-1 max-w-prose text-ink-soft">{children}</div>
      {action && <div className="mt-5">{action}</div>}
    </div>
  )
}
