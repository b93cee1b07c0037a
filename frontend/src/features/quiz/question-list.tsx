import { CheckIcon } from '@heroicons/react/16/solid'
import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Answers, isAnswered, type Question } from './queries'

interface QuestionListProps {
  questions: readonly Question[]
  answers: Answers
  /** From 1; null while all are looked over. */
  current: number | null
}

/** Every question with whether it is answered, and the way to it. */
export function QuestionList({ questions, answers, current }: QuestionListProps) {
  const { t } = useTranslation('quiz')
  const done = questions.filter(({ id }) => isAnswered(answers[id])).length
  return (
    <nav aria-label={t('list.label')}>
      <p className="text-sm text-ink-soft">
        {t('list.answered', { done, count: questions.length })}
      </p>
      <ol className="mt-2 flex flex-wrap gap-2">
        {questions.map(({ id }, index) => {
          const number = index + 1
          const answered = isAnswered(answers[id])
          return (
            <li key={id}>
              <Link
                to={`?q=${number}`}
                replace
                preventScrollReset
                aria-current={number === current ? 'step' : undefined}
                className={clsx(
                  'relative flex size-11 items-center justify-center rounded-lg border-2 font-semibold tabular-nums',
                  answered ? 'bg-brand-soft text-brand-strong' : 'bg-surface text-ink-soft',
                  number === current ? 'border-brand-strong' : 'border-line hover:border-edge',
                )}
              >
                <span aria-hidden="true">{number}</span>
                <span className="sr-only">
                  {answered ? t('list.isAnswered', { number }) : t('list.isOpen', { number })}
                </span>
                {answered && (
                  <CheckIcon
                    aria-hidden="true"
                    className="absolute -top-1.5 -right-1.5 size-4 rounded-full bg-brand-strong p-0.5 text-white"
                  />
                )}
              </Link>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
