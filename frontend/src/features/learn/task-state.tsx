import { useTranslation } from 'react-i18next'
import { StatusChip } from '@/components/ui/status-chip'
import type { Task } from './queries'

/** How a task stands, in words with a sign. */
export function TaskState({ task }: { task: Task }) {
  const { t } = useTranslation('teacher')
  switch (task.submission_status) {
    case 'PASSED':
      return <StatusChip tone="success">{t('task.passed')}</StatusChip>
    case 'GRADED':
      return <StatusChip tone="success">{t('task.graded')}</StatusChip>
    case 'SUBMITTED':
      return <StatusChip tone="brand">{t('task.submitted')}</StatusChip>
    case 'FAILED':
      return <StatusChip tone="warning">{t('task.failed')}</StatusChip>
    default:
      return task.is_late ? (
        <StatusChip tone="danger">{t('task.overdue')}</StatusChip>
      ) : (
        <StatusChip tone="neutral">{t('task.open')}</StatusChip>
      )
  }
}
