import { clsx } from 'clsx'
import { Link } from 'react-router'

interface LinkTabsProps {
  label: string
  tabs: readonly { id: string; title: string; count?: number; to: string }[]
  current: string
}

/** Parts of a list, each with an address of its own: Back, bookmarks and new tabs work. */
export function LinkTabs({ label, tabs, current }: LinkTabsProps) {
  return (
    <nav aria-label={label}>
      <ul className="flex flex-wrap gap-2">
        {tabs.map(({ id, title, count, to }) => (
          <li key={id}>
            <Link
              to={to}
              replace
              preventScrollReset
              aria-current={id === current ? 'true' : undefined}
              className={clsx(
                'inline-flex min-h-11 items-center gap-2 rounded-full border px-4 font-semibold',
                id === current
                  ? 'border-brand-strong bg-brand-soft text-brand-strong'
                  : 'border-line bg-surface text-ink-soft hover:border-edge hover:text-ink',
              )}
            >
              {title}
              {count !== undefined && (
                <span className="text-sm font-medium tabular-nums">
                  <span aria-hidden="true">{count}</span>
                  <span className="sr-only">({count})</span>
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
