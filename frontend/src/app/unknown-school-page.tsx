import { useTranslation } from 'react-i18next'
import { MessagePage } from './message-page'

/** Shown where nothing lives: mostly a mistyped address. */
export function UnknownSchoolPage() {
  const { t } = useTranslation()
  return (
    <MessagePage title={t('unknownSchool.title')}>
      <p>{t('unknownSchool.text', { host: location.host })}</p>
      <p>{t('unknownSchool.help')}</p>
    </MessagePage>
  )
}
