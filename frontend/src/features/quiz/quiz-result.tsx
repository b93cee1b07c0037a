import { CheckBadgeIcon, ClockIcon, XCircleIcon } from '@heroicons/react/24/outline'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ProgressRing } from '@/components/progress-ring'
import { LinkButton } from '@/components/ui/button'
import { paths } from '@/config/paths'
import { formatPercent } from '@/lib/format'
import { attemptsLeft, isPassed, type Quiz, type QuizResult as Result, type Task } from './queries'
import { QuestionResult } from './question-result'
import { StartButton } from './start-button'

interface QuizResultProps {
  quiz: Quiz
  result: Result
  task: Task
}

/** What became of the attempt that was handed in last. */
export function QuizResult({ quiz, result, task }: QuizResultProps) {
  const { t } = useTranslation('quiz')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  const left = attemptsLeft(quiz)
  const passed = isPassed(quiz)
  const isWaiting = result.score === null || result.passed === null
  const verdict = isWaiting ? 'waiting' : passed ? 'passed' : 'failed'
  const Icon = { waiting: ClockIcon, passed: CheckBadgeIcon, failed: XCircleIcon }[verdict]
  const tone = { waiting: 'text-brand-strong', passed: 'text-success', failed: 'text-warning' }[
    verdict
  ]
  const hasKey = result.questions.some(({ correct_answer: key }) => key !== undefined)
  return (
    <>
      <section
        aria-labelledby="verdict"
        className="mt-6 flex flex-wrap items-center gap-6 rounded-card border border-line bg-surface p-5 sm:p-6"
      >
        {result.score !== null && (
          <ProgressRing
            percentage={result.score}
            label={t('result.score')}
            className="size-28 text-2xl"
          />
        )}
        <div className="min-w-0 flex-1 basis-64">
          <h2
            id="verdict"
            ref={heading}
            tabIndex={-1}
            className={`flex items-center gap-2 text-xl font-bold outline-none focus-visible:shadow-none ${tone}`}
          >
            <Icon aria-hidden="true" className="size-7 shrink-0" />
            {t(`result.${verdict}`)}
          </h2>
          <p className="mt-1">
            {isWaiting
              ? t('result.waitingText')
              : t('result.needed', {
                  score: formatPercent(result.score ?? 0),
                  needed: formatPercent(quiz.passing_score),
                })}
          </p>
          {quiz.best_score !== null && quiz.best_score !== result.score && (
            <p className="mt-1 text-ink-soft">
              {t('result.best', { score: formatPercent(quiz.best_score) })}
            </p>
          )}
          {!passed && (
            <p className="mt-1 text-ink-soft">
              {left > 0 ? t('result.left', { count: left }) : t('result.noneLeft')}
            </p>
          )}
          <div className="mt-4 flex flex-wrap gap-3 empty:hidden">
            {!passed && left > 0 && (
              <div>
                <StartButton assignmentId={quiz.assignment_id} label={t('result.again')} />
              </div>
            )}
            {verdict === 'failed' && task.content_id && (
              <LinkButton
                look="secondary"
                to={paths.teacherContent(task.course_id, task.content_id)}
              >
                {t('result.watchAgain')}
              </LinkButton>
            )}
            {passed && (
              <LinkButton to={paths.teacherCourse(task.course_id)}>
                {t('result.toCourse')}
              </LinkButton>
            )}
          </div>
        </div>
      </section>
      <h2 className="mt-8 text-xl font-bold">{t('result.answers')}</h2>
      {!hasKey && <p className="mt-1 text-ink-soft">{t('result.noKey')}</p>}
      <ol className="mt-4 space-y-4">
        {result.questions.map((each, index) => (
          <li key={each.question_id}>
            <QuestionResult
              number={index + 1}
              question={quiz.questions.find(({ id }) => id === each.question_id)}
              result={each}
              task={task}
            />
          </li>
        ))}
      </ol>
    </>
  )
}
