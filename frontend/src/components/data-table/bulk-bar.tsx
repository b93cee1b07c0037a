import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button'

interface BulkBarProps {
  /** How many are chosen. */
  count: number
  onClear: () => void
  /** Buttons of what can be done with them. */
  children: ReactNode
}

/** Appears at the lower edge while rows are chosen. */
export function BulkBar({ count, onClear, children }: BulkBarProps) {
  const { t } = useTranslation('frame')
  const words = t('bulk.count', { count })
  return (
    <>
      {/* Always in the page: one that appears together with its text is often not read. */}
      <p role="status" className="sr-only">
        {count > 0 && words}
      </p>
      {count > 0 && (
        <section
          aria-label={t('bulk.label')}
          data-bulk-bar
          className="sticky bottom-20 z-20 mt-4 flex animate-fade-in flex-wrap items-center gap-x-6 gap-y-2 rounded-card border border-edge bg-surface px-4 py-3 shadow-lg sm:bottom-4"
        >
          <div className="flex flex-1 items-center justify-between gap-3 whitespace-nowrap sm:justify-start">
            <p aria-hidden="true" className="font-semibold">
              {words}
            </p>
            <Button look="quiet" onClick={onClear}>
              {t('bulk.clear')}
            </Button>
          </div>
          <div className="flex flex-wrap gap-3">{children}</div>
        </section>
      )}
    </>
  )
}
