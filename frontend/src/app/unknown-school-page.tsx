import { useTranslation } from 'react-i18next'
import { MessagePage } from './message-page'

/**
 * Shown where the API knows no school for this host: a mistyped address, or the platform's own.
 * The API answers both alike on purpose, so that nobody can list schools by trying names.
 */
export function UnknownSchoolPage() {
  const { t } = useTranslation()
  return (
    <MessagePage title={t('unknownSchool.title')}>
      <p>{t('unknownSchool.text', { host: location.host })}</p>
      <p>{t('unknownSchool.help')}</p>
      <p className="border-t border-line pt-3 text-sm">{t('unknownSchool.operator')}</p>
    </MessagePage>
  )
}
