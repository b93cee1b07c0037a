import { GlobeAltIcon, PencilSquareIcon, TrashIcon } from '@heroicons/react/20/solid'
import { useTranslation } from 'react-i18next'
import { StatusChip } from '@/components/ui/status-chip'
import type { CourseRow } from './queries'

/** Whether teachers see the course: in words, with a shape and a colour that say the same. */
export function CourseState({
  course,
}: {
  course: Pick<CourseRow, 'is_published' | 'deleted_at'>
}) {
  const { t } = useTranslation('courses')
  if (course.deleted_at !== null) {
    return (
      <StatusChip tone="danger" icon={TrashIcon}>
        {t('state.deleted')}
      </StatusChip>
    )
  }
  return course.is_published ? (
    <StatusChip tone="success" icon={GlobeAltIcon}>
      {t('state.published')}
    </StatusChip>
  ) : (
    <StatusChip tone="neutral" icon={PencilSquareIcon}>
      {t('state.draft')}
    </StatusChip>
  )
}
