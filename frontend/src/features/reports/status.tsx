import { useTranslation } from 'react-i18next'
import { StatusChip } from '@/components/ui/status-chip'

export const COMPLETION_STATUSES = ['OVERDUE', 'NOT_STARTED', 'IN_PROGRESS', 'COMPLETED'] as const
export const WORK_STATUSES = [
  'OVERDUE',
  'PENDING',
  'SUBMITTED',
  'GRADED',
  'PASSED',
  'FAILED',
] as const
export const ENGAGEMENT_STATUSES = ['ACTIVE', 'INACTIVE'] as const

export type Status =
  | (typeof COMPLETION_STATUSES)[number]
  | (typeof WORK_STATUSES)[number]
  | (typeof ENGAGEMENT_STATUSES)[number]

const TONES = {
  OVERDUE: 'danger',
  NOT_STARTED: 'neutral',
  IN_PROGRESS: 'brand',
  COMPLETED: 'success',
  PENDING: 'neutral',
  SUBMITTED: 'brand',
  GRADED: 'success',
  PASSED: 'success',
  FAILED: 'warning',
  ACTIVE: 'success',
  INACTIVE: 'neutral',
} as const

export function ReportStatus({ status }: { status: Status }) {
  const { t } = useTranslation('reports')
  return (
    <span className="whitespace-nowrap">
      <StatusChip tone={TONES[status]}>{t(`status.${status}`)}</StatusChip>
    </span>
  )
}
