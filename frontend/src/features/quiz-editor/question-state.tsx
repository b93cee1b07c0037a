import { useTranslation } from 'react-i18next'
import { StatusChip } from '@/components/ui/status-chip'
import type { Question } from './queries'

const TONES = {
  DRAFT: 'brand',
  ACCEPTED: 'success',
  REJECTED: 'neutral',
  STALE: 'warning',
} as const

export function QuestionState({ review }: { review: Question['review'] }) {
  const { t } = useTranslation('quiz-editor')
  return <StatusChip tone={TONES[review]}>{t(`review.${review}`)}</StatusChip>
}
