import { ClockIcon } from '@heroicons/react/20/solid'
import { useTranslation } from 'react-i18next'
import { StatusChip } from '@/components/ui/status-chip'
import type { AnsweredQuestion } from './queries'

/** What an answer is worth, in words. */
export function VerdictChip({ question }: { question: AnsweredQuestion }) {
  const { t } = useTranslation('quiz-marking')
  if (question.is_withdrawn) return <StatusChip tone="neutral">{t('verdict.withdrawn')}</StatusChip>
  switch (question.verdict) {
    case 'RIGHT':
      return <StatusChip tone="success">{t('verdict.RIGHT')}</StatusChip>
    case 'WRONG':
      return <StatusChip tone="danger">{t('verdict.WRONG')}</StatusChip>
    case 'NEEDS_REVIEW':
      return (
        <StatusChip tone="warning" icon={ClockIcon}>
          {t('verdict.NEEDS_REVIEW')}
        </StatusChip>
      )
    default:
      return null
  }
}
