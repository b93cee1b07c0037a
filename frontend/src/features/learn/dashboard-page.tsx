import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'

export function DashboardPage() {
  const { t } = useTranslation('teacher')
  return <PageHeading title={t('courses.title')} />
}
