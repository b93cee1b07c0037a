import type { ReactNode } from 'react'
import { ErrorBoundary } from 'react-error-boundary'
import { useTranslation } from 'react-i18next'
import { ErrorState } from './error-state'

/** Keeps the fault of one part of a page inside that part. */
export function WidgetBoundary({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <ErrorBoundary
      fallbackRender={({ error, resetErrorBoundary }) => (
        <ErrorState title={title || t('error.title')} error={error} onRetry={resetErrorBoundary} />
      )}
    >
      {children}
    </ErrorBoundary>
  )
}
