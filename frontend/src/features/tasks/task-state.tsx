import { useTranslation } from 'react-i18next'
import { StatusChip } from '@/components/ui/status-chip'
import { formatNumber } from '@/lib/format'
import type { Task } from './queries'

/** How a task stands, in words with a sign. */
export function TaskState({ task }: { task: Task }) {
  const { t } = useTranslation('tasks')
  const { submission_status: status, is_late: isLate } = task
  return (
    <>
      {status === 'PENDING' &&
        (isLate ? (
          <StatusChip tone="danger">{t('state.overdue')}</StatusChip>
        ) : (
          <StatusChip tone="neutral">{t('state.open')}</StatusChip>
        ))}
      {status === 'SUBMITTED' && <StatusChip tone="brand">{t('state.submitted')}</StatusChip>}
      {status === 'GRADED' && <StatusChip tone="success">{t('state.graded')}</StatusChip>}
      {status === 'PASSED' && <StatusChip tone="success">{t('state.passed')}</StatusChip>}
      {status === 'FAILED' && <StatusChip tone="warning">{t('state.failed')}</StatusChip>}
      {status !== 'PENDING' && isLate && (
        <StatusChip tone="warning">{t('state.handedInLate')}</StatusChip>
      )}
      {task.score !== null && (
        <span className="font-semibold text-ink tabular-nums">
          {t('points', { score: formatNumber(task.score), max: task.max_score })}
        </span>
      )}
    </>
  )
}
