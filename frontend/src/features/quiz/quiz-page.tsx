import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'

export function QuizPage() {
  const { t } = useTranslation('quiz')
  return <PageHeading title={t('title')} />
}
