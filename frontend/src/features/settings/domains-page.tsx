import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'

export function DomainsPage() {
  const { t } = useTranslation('settings')
  return <PageHeading title={t('title')} />
}
