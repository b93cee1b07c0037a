import { ChevronLeftIcon, ChevronRightIcon } from '@heroicons/react/20/solid'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '@/lib/format'
import { PAGE_SIZES } from '@/lib/use-url-table-state'

/** Fits `{ ...useUrlTableState(), count }`. */
export interface TablePage {
  page: number
  pageSize: number
  /** All rows, of all pages. */
  count: number
  setPage: (page: number) => void
  /** Without it the person cannot choose how many rows a page has. */
  setPageSize?: (size: number) => void
}

interface StepProps {
  label: string
  possible: boolean
  onStep: () => void
  children: ReactNode
}

/** Stays focusable when there is no further page, so that the focus is not lost on the last one. */
function Step({ label, possible, onStep, children }: StepProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={!possible || undefined}
      onClick={possible ? onStep : undefined}
      className="flex size-11 items-center justify-center rounded-lg border border-edge bg-surface hover:bg-page aria-disabled:cursor-default aria-disabled:border-line aria-disabled:text-edge"
    >
      {children}
    </button>
  )
}

/** Which rows are shown, of how many, and the way to the others. */
export function TablePagination({ page, pageSize, count, setPage, setPageSize }: TablePage) {
  const { t } = useTranslation('frame')
  const id = useId()
  const pageCount = Math.max(1, Math.ceil(count / pageSize))
  const from = Math.min(count, (page - 1) * pageSize + 1)
  const to = Math.min(count, page * pageSize)
  return (
    <div className="mt-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      {/* Said when it changes, so that whoever typed a search hears what it found. That it found nothing
          is seen in place of the rows. */}
      <p role="status" className={count === 0 ? 'sr-only' : 'text-ink-soft'}>
        {count === 0
          ? t('table.none')
          : t('table.range', {
              from: formatNumber(from),
              to: formatNumber(to),
              count: formatNumber(count),
            })}
      </p>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        {setPageSize && count > PAGE_SIZES[0] && (
          <div className="flex items-center gap-2">
            <label htmlFor={id} className="text-ink-soft">
              {t('table.pageSize')}
            </label>
            <select
              id={id}
              value={pageSize}
              onChange={(event) => setPageSize(Number(event.target.value))}
              className="min-h-11 cursor-pointer rounded-lg border border-edge bg-surface px-2"
            >
              {[...new Set<number>([...PAGE_SIZES, pageSize])]
                .toSorted((a, b) => a - b)
                .map((size) => (
                  <option key={size} value={size}>
                    {size}
                  </option>
                ))}
            </select>
          </div>
        )}
        {pageCount > 1 && (
          <nav aria-label={t('table.pages')} className="flex gap-2">
            <Step
              label={t('table.previous')}
              possible={page > 1}
              onStep={() => setPage(Math.min(page - 1, pageCount))}
            >
              <ChevronLeftIcon aria-hidden="true" className="size-5" />
            </Step>
            <Step
              label={t('table.next')}
              possible={page < pageCount}
              onStep={() => setPage(page + 1)}
            >
              <ChevronRightIcon aria-hidden="true" className="size-5" />
            </Step>
          </nav>
        )}
      </div>
    </div>
  )
}
