import { useTranslation } from 'react-i18next'
import type { QuizReasonCode } from '@/lib/api/operations'

interface QuizReasonProps {
  /** Why the quiz waits; empty for quizzes that are older than these codes. */
  codes: readonly QuizReasonCode[]
  /** The same in English: what is shown where no code is known. */
  sentence: string
  className?: string
}

/** Why a quiz is not one that teachers meet, in the reader's language. */
export function QuizReason({ codes, sentence, className }: QuizReasonProps) {
  const { t } = useTranslation('quiz-reasons')
  // A newer server may know more reasons than this page.
  const told = codes.map((code) => t(code, { defaultValue: '' })).filter(Boolean)
  const text = told.length > 0 ? told.join(' ') : sentence
  return text ? <p className={className}>{text}</p> : null
}
