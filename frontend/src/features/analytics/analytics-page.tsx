import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'

export function AnalyticsPage() {
  const { t } = useTranslation('analytics')
  return <PageHeading title={t('title')} />
}
