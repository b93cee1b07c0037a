import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'

export function GroupsPage() {
  const { t } = useTranslation('groups')
  return <PageHeading title={t('title')} />
}
