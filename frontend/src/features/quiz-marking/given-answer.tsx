import { CheckCircleIcon } from '@heroicons/react/24/solid'
import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import type { AnsweredQuestion } from './queries'

interface GivenAnswerProps {
  question: AnsweredQuestion
  /** Not handed in yet: what is kept of it is the person's own business. */
  isOpen: boolean
}

/** What was answered beside what is right. */
export function GivenAnswer({ question, isOpen }: GivenAnswerProps) {
  const { t } = useTranslation('quiz-marking')
  const { options, answer, accepted_answers: accepted } = question
  if (question.kind === 'MCQ') {
    return (
      <>
        <ul aria-label={t('attempt.options')} className="mt-3 space-y-1.5">
          {options.map((option) => {
            const isChosen = answer?.option_id === option.id
            return (
              <li
                key={option.id}
                className={clsx(
                  'flex items-start gap-2 rounded-lg border px-3 py-2',
                  isChosen ? 'border-edge bg-page' : 'border-transparent',
                )}
              >
                {option.is_correct ? (
                  <CheckCircleIcon aria-hidden="true" className="size-6 shrink-0 text-success" />
                ) : (
                  <span
                    aria-hidden="true"
                    className="m-0.5 size-5 shrink-0 rounded-full border-2 border-edge"
                  />
                )}
                <span className={clsx('min-w-0', option.is_correct && 'font-semibold')}>
                  {option.text}
                  {option.is_correct && <span className="sr-only"> ({t('attempt.correct')})</span>}
                  {isChosen && (
                    <span className="block text-sm font-normal text-ink-soft">
                      {t('attempt.chosen')}
                    </span>
                  )}
                </span>
              </li>
            )
          })}
        </ul>
        {!answer && !isOpen && <p className="mt-2 text-ink-soft">{t('attempt.nothing')}</p>}
      </>
    )
  }
  return (
    <dl className="mt-3 space-y-2">
      {!isOpen && (
        <div>
          <dt className="text-sm text-ink-soft">{t('attempt.answer')}</dt>
          <dd className="rounded-lg border border-edge bg-page px-3 py-2 whitespace-pre-line">
            {answer?.text ?? t('attempt.nothing')}
          </dd>
        </div>
      )}
      <div>
        <dt className="text-sm text-ink-soft">{t('attempt.accepted')}</dt>
        <dd>{accepted.length > 0 ? accepted.join(' · ') : t('attempt.byHand')}</dd>
      </div>
    </dl>
  )
}
