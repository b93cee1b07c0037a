import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'

export function ReportsPage() {
  const { t } = useTranslation('reports')
  return <PageHeading title={t('title')} />
}
