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
          className="sticky bottom-20 z-20 mt-4 flex animate-fade-in flex-wrap items-center gap-3 rounded-card border border-edge bg-surface px-4 py-3 shadow-lg lg:bottom-4"
        >
          <p aria-hidden="true" className="mr-auto font-semibold">
            {words}
          </p>
          {children}
          <Button look="quiet" onClick={onClear}>
            {t('bulk.clear')}
          </Button>
        </section>
      )}
    </>
  )
}
