import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'

export function RemindersPage() {
  const { t } = useTranslation('reminders')
  return <PageHeading title={t('title')} />
}
