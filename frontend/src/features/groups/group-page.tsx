import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'

export function GroupPage() {
  const { t } = useTranslation('groups')
  return <PageHeading title={t('title')} />
}
