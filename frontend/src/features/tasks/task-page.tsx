import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'

export function TaskPage() {
  const { t } = useTranslation('tasks')
  return <PageHeading title={t('title')} />
}
