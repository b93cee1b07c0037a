import { useTranslation } from 'react-i18next'
import { useRouteError } from 'react-router'
import { ErrorState } from '@/components/feedback/error-state'
import { useDocumentTitle } from '@/lib/use-document-title'

/** The last net: a page that could not be loaded or drawn. */
export function RouteError() {
  const { t } = useTranslation()
  const error = useRouteError()
  useDocumentTitle(t('error.pageTitle'))
  return (
    <div className="mx-auto w-full max-w-2xl p-4 sm:py-16">
      <h1 className="sr-only">{t('error.pageTitle')}</h1>
      {/* A reload is the honest retry here: the fault may lie in the code that is loaded. */}
      <ErrorState title={t('error.page')} error={error} onRetry={() => location.reload()} />
    </div>
  )
}
