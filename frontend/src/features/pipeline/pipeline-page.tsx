import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'

export function PipelinePage() {
  const { t } = useTranslation('pipeline')
  return <PageHeading title={t('title')} />
}
