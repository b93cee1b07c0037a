import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'

export function AssignmentPage() {
  const { t } = useTranslation('assignments')
  return <PageHeading title={t('title')} />
}
