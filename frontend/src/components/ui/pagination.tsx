import { ChevronLeftIcon, ChevronRightIcon } from '@heroicons/react/20/solid'
import { useTranslation } from 'react-i18next'
import { LinkButton } from './button'

interface PaginationProps {
  page: number
  pageCount: number
  /** Address of a page of the list; the list's state lives in the address. */
  href: (page: number) => string
}

export function Pagination({ page, pageCount, href }: PaginationProps) {
  const { t } = useTranslation()
  if (pageCount <= 1) return null
  return (
    <nav
      aria-label={t('pagination.label')}
      className="mt-8 flex flex-wrap items-center justify-center gap-3"
    >
      {page > 1 && (
        <LinkButton look="secondary" to={href(page - 1)} rel="prev">
          <ChevronLeftIcon aria-hidden="true" className="size-5" />
          {t('pagination.previous')}
        </LinkButton>
      )}
      <p className="text-ink-soft">{t('pagination.position', { page, pageCount })}</p>
      {page < pageCount && (
        <LinkButton look="secondary" to={href(page + 1)} rel="next">
          {t('pagination.next')}
          <ChevronRightIcon aria-hidden="true" className="size-5" />
        </LinkButton>
      )}
    </nav>
  )
}
