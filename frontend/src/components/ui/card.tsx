import { clsx } from 'clsx'
import { type ReactNode, useId } from 'react'

interface CardProps {
  title?: string
  /** One sentence below the title. */
  description?: ReactNode
  /** Buttons or links at the right of the title. */
  actions?: ReactNode
  /** Heading level that fits the place. */
  level?: 2 | 3
  /** `none` for a table or a list that reaches the edges. */
  padding?: 'normal' | 'none'
  className?: string
  children?: ReactNode
}

/** A part of a page with a border of its own; with a title it is a region that can be jumped to. */
export function Card({
  title,
  description,
  actions,
  level = 2,
  padding = 'normal',
  className,
  children,
}: CardProps) {
  const id = useId()
  const Heading = level === 2 ? 'h2' : 'h3'
  const hasHead = title !== undefined || actions !== undefined
  return (
    <section
      aria-labelledby={title === undefined ? undefined : id}
      className={clsx(
        'min-w-0 rounded-card border border-line bg-surface',
        padding === 'normal' && 'p-5 sm:p-6',
        className,
      )}
    >
      {hasHead && (
        <div
          className={clsx(
            'flex flex-wrap items-start justify-between gap-x-4 gap-y-2',
            padding === 'none' && 'px-5 pt-5 sm:px-6',
          )}
        >
          <div className="min-w-0">
            {title !== undefined && (
              <Heading id={id} className="text-lg font-bold">
                {title}
              </Heading>
            )}
            {description && <div className="mt-0.5 text-ink-soft">{description}</div>}
          </div>
          {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
        </div>
      )}
      {hasHead ? <div className="mt-4">{children}</div> : children}
    </section>
  )
}
