import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'

export function ImportPage() {
  const { t } = useTranslation('teachers')
  return <PageHeading title={t('title')} />
}
