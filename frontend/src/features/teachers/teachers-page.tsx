import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'

export function TeachersPage() {
  const { t } = useTranslation('teachers')
  return <PageHeading title={t('title')} />
}
