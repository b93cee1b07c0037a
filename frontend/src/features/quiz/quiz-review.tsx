import { CheckCircleIcon } from '@heroicons/react/20/solid'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Notice } from '@/components/feedback/notice'
import { type Answers, isAnswered, type Question } from './queries'

interface QuizReviewProps {
  questions: readonly Question[]
  answers: Answers
}

/** All answers once more, with the way back to each; what is still open comes first. */
export function QuizReview({ questions, answers }: QuizReviewProps) {
  const { t } = useTranslation('quiz')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const open = questions.filter(({ id }) => !isAnswered(answers[id]))
  return (
    <>
      <h2
        ref={heading}
        tabIndex={-1}
        className="text-lg font-bold outline-none focus-visible:shadow-none"
      >
        {t('review.title')}
      </h2>
      {open.length > 0 ? (
        <Notice tone="info" className="mt-4">
          <p className="font-semibold">{t('review.open', { count: open.length })}</p>
          <ul className="mt-1">
            {open.map((question) => (
              <li key={question.id}>
                <Link
                  to={`?q=${questions.indexOf(question) + 1}`}
                  replace
                  className="inline-block py-1.5 font-medium text-brand-strong underline underline-offset-4"
                >
                  {t('review.goTo', { number: questions.indexOf(question) + 1 })}
                </Link>
              </li>
            ))}
          </ul>
        </Notice>
      ) : (
        <p className="mt-3 flex items-center gap-2 font-semibold text-success">
          <CheckCircleIcon aria-hidden="true" className="size-5 shrink-0" />
          {t('review.allAnswered')}
        </p>
      )}
      <ol className="mt-5 divide-y divide-line">
        {questions.map((question, index) => (
          <li key={question.id} className="py-3">
            <p className="font-semibold">
              {index + 1}. {question.prompt}
            </p>
            <p className="mt-1 flex flex-wrap items-baseline justify-between gap-x-4">
              <span className={isAnswered(answers[question.id]) ? '' : 'text-ink-soft'}>
                {wordsOf(question, answers) ?? t('result.noAnswer')}
              </span>
              <Link
                to={`?q=${index + 1}`}
                replace
                className="inline-flex min-h-9 items-center font-semibold text-brand-strong underline-offset-4 hover:underline"
              >
                {t('review.change')}
                <span className="sr-only"> {t('question.name', { number: index + 1 })}</span>
              </Link>
            </p>
          </li>
        ))}
      </ol>
    </>
  )
}

/** An answer as words; undefined when there is none. */
function wordsOf(question: Question, answers: Answers): string | undefined {
  const answer = answers[question.id]
  if (!isAnswered(answer)) return undefined
  return answer?.option_id
    ? question.options?.find(({ id }) => id === answer.option_id)?.text
    : answer?.text
}
