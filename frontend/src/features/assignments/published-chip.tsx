import { useTranslation } from 'react-i18next'
import { StatusChip } from '@/components/ui/status-chip'

export function PublishedChip({ isPublished }: { isPublished: boolean }) {
  const { t } = useTranslation('assignments')
  return (
    <StatusChip tone={isPublished ? 'success' : 'neutral'}>
      {isPublished ? t('list.published') : t('list.draft')}
    </StatusChip>
  )
}
