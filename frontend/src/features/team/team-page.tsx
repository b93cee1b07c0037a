import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'

export function TeamPage() {
  const { t } = useTranslation('team')
  return <PageHeading title={t('title')} />
}
