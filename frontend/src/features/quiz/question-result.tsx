import { PlayCircleIcon } from '@heroicons/react/20/solid'
import { useTranslation } from 'react-i18next'
import { StatusChip } from '@/components/ui/status-chip'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import { formatTime, spokenTime } from '@/lib/format'
import { FlagButton } from './flag-button'
import { UnwatchedNote } from './unwatched-note'
import type { Question, QuestionResult as Result, Task } from './queries'

interface QuestionResultProps {
  number: number
  /** Unknown when the quiz has changed since. */
  question: Question | undefined
  result: Result
  task: Task
}

const answerOf = (question: Question | undefined, result: Result): string | undefined => {
  const given = result.your_answer
  return given?.option_id
    ? question?.options?.find(({ id }) => id === given.option_id)?.text
    : given?.text
}

/** What was answered, whether it was right and, once that may be said, what is right and where it is said. */
export function QuestionResult({ number, question, result, task }: QuestionResultProps) {
  const { t } = useTranslation('quiz')
  const { correct, correct_answer: key, explanation, evidence } = result
  // Before the words may be shown, a wrong answer says where they are.
  const place = result.part ?? evidence
  return (
    <article className="rounded-card border border-line bg-surface p-5 sm:p-6">
      <h3 className="font-semibold">
        {number}. {question?.prompt ?? t('question.name', { number })}
      </h3>
      <dl className="mt-3 space-y-2">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <dt className="text-ink-soft">{t('result.yours')}</dt>
          <dd className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="font-medium whitespace-pre-line">
              {answerOf(question, result) ?? t('result.noAnswer')}
            </span>
            {correct === true && <StatusChip tone="success">{t('result.right')}</StatusChip>}
            {correct === false && <StatusChip tone="danger">{t('result.wrong')}</StatusChip>}
            {correct === null && <StatusChip tone="brand">{t('result.inReview')}</StatusChip>}
          </dd>
        </div>
        {key && correct !== true && (
          <div className="flex flex-wrap items-center gap-x-3">
            <dt className="text-ink-soft">{t('result.key')}</dt>
            <dd className="font-medium">{key.text}</dd>
          </div>
        )}
      </dl>
      {explanation && <p className="mt-3 max-w-prose">{explanation}</p>}
      {evidence && (
        <blockquote className="mt-3 border-l-4 border-line pl-4 text-ink-soft">
          “{evidence.quote}”
        </blockquote>
      )}
      {place && task.content_id && (
        <TextLink
          to={`${paths.teacherContent(task.course_id, task.content_id)}?t=${Math.floor(place.start)}`}
          className="mt-1 gap-2"
        >
          <PlayCircleIcon aria-hidden="true" className="size-5 shrink-0" />
          <span aria-hidden="true">{t('result.watch', { time: formatTime(place.start) })}</span>
          <span className="sr-only">{t('result.watch', { time: spokenTime(place.start) })}</span>
        </TextLink>
      )}
      {place && correct === false && task.content_id && <UnwatchedNote task={task} part={place} />}
      <div>
        <FlagButton assignmentId={task.id} questionId={result.question_id} number={number} />
      </div>
    </article>
  )
}
