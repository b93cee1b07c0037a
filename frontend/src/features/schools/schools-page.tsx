import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'

export function SchoolsPage() {
  const { t } = useTranslation('schools')
  return <PageHeading title={t('title')} />
}
