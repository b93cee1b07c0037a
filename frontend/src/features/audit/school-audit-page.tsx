import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'

export function SchoolAuditPage() {
  const { t } = useTranslation('audit')
  return <PageHeading title={t('title')} />
}
