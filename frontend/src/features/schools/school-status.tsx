import { PauseCircleIcon } from '@heroicons/react/20/solid'
import { useTranslation } from 'react-i18next'
import { StatusChip } from '@/components/ui/status-chip'
import type { School } from './queries'

const TONES = {
  ACTIVE: { tone: 'success' },
  TRIAL: { tone: 'brand' },
  EXPIRED: { tone: 'warning' },
  SUSPENDED: { tone: 'danger', icon: PauseCircleIcon },
} as const

/** Whether a school is open, and why not. */
export function SchoolStatus({ status }: { status: School['status'] }) {
  const { t } = useTranslation('schools')
  return <StatusChip {...TONES[status]}>{t(`status.${status}`)}</StatusChip>
}
