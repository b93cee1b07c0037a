import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'

export function QuizEditorPage() {
  const { t } = useTranslation('quiz-editor')
  return <PageHeading title={t('title')} />
}
