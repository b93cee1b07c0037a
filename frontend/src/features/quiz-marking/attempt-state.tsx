import { ClockIcon, PencilIcon } from '@heroicons/react/20/solid'
import { useTranslation } from 'react-i18next'
import { StatusChip } from '@/components/ui/status-chip'
import type { Attempt } from './queries'

/** Where an attempt stands, in words. */
export function AttemptState({ attempt }: { attempt: Pick<Attempt, 'state' | 'passed'> }) {
  const { t } = useTranslation('quiz-marking')
  if (attempt.state === 'OPEN') {
    return (
      <StatusChip tone="neutral" icon={PencilIcon}>
        {t('state.OPEN')}
      </StatusChip>
    )
  }
  if (attempt.state === 'SUBMITTED') {
    return (
      <StatusChip tone="warning" icon={ClockIcon}>
        {t('state.SUBMITTED')}
      </StatusChip>
    )
  }
  return (
    <StatusChip tone={attempt.passed ? 'success' : 'danger'}>
      {attempt.passed ? t('state.passed') : t('state.failed')}
    </StatusChip>
  )
}
