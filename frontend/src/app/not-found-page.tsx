import { useTranslation } from 'react-i18next'
import { LinkButton } from '@/components/ui/button'
import { paths } from '@/config/paths'
import { MessagePage } from './message-page'

export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <MessagePage
      title={t('notFound.title')}
      actions={<LinkButton to={paths.home}>{t('notFound.home')}</LinkButton>}
    >
      <p>{t('notFound.text')}</p>
    </MessagePage>
  )
}
