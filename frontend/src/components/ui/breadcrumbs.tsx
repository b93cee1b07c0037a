import { ChevronRightIcon } from '@heroicons/react/20/solid'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

/** The way back up. The page itself is the heading below and not repeated here. */
export function Breadcrumbs({ items }: { items: { label: string; to: string }[] }) {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('breadcrumbs')} className="mb-2">
      <ol className="flex flex-wrap items-center gap-x-1 text-sm text-ink-soft">
        {items.map(({ label, to }, index) => (
          <li key={to} className="flex min-w-0 items-center gap-1">
            {index > 0 && <ChevronRightIcon aria-hidden="true" className="size-4 shrink-0" />}
            <Link
              to={to}
              className="flex min-h-8 items-center underline-offset-4 hover:text-brand-strong hover:underline"
            >
              {label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
