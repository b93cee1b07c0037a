import { CheckCircleIcon } from '@heroicons/react/24/solid'
import { useTranslation } from 'react-i18next'
import type { Question } from './queries'

/** What can be chosen, or what counts as right when it is typed. */
export function QuestionAnswers({ question }: { question: Question }) {
  const { t } = useTranslation('quiz-editor')
  const { kind, options, accepted_answers: accepted } = question
  if (kind === 'SHORT_ANSWER') {
    return (
      <p>
        <span className="font-semibold">{t('card.accepted')}:</span>{' '}
        {accepted.length > 0 ? accepted.join(' · ') : t('card.byHand')}
      </p>
    )
  }
  return (
    <ul aria-label={t('card.options')} className="space-y-1.5">
      {options.map((option) => (
        <li key={option.id} className="flex items-start gap-2">
          {option.is_correct ? (
            <CheckCircleIcon aria-hidden="true" className="size-6 shrink-0 text-success" />
          ) : (
            <span
              aria-hidden="true"
              className="m-0.5 size-5 shrink-0 rounded-full border-2 border-edge"
            />
          )}
          <span className={option.is_correct ? 'font-semibold' : undefined}>
            {option.text}
            {option.is_correct && <span className="sr-only"> ({t('card.correct')})</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}
