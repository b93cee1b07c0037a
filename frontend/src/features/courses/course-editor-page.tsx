import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'

export function CourseEditorPage() {
  const { t } = useTranslation('courses')
  return <PageHeading title={t('title')} />
}
