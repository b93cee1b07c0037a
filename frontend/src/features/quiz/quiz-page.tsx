import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { ErrorState } from '@/components/feedback/error-state'
import { Notice } from '@/components/feedback/notice'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import { isStatus } from '@/lib/api/problem'
import { type Quiz, quizQuery, type Task, taskQuery } from './queries'
import { QuizIntro } from './quiz-intro'
import { QuizResult } from './quiz-result'

/** Rules and results are read without it. */
const QuizTaking = lazy(async () => ({ default: (await import('./quiz-taking')).QuizTaking }))

const CLOCK_EVERY = 60_000

export function QuizPage() {
  const { t } = useTranslation('quiz')
  const { assignmentId = '' } = useParams()
  const quiz = useQuery({
    ...quizQuery(assignmentId),
    // More time may be given while somebody answers: the clock on the page follows.
    refetchInterval: ({ state }) => (state.data?.attempt?.expires_at ? CLOCK_EVERY : false),
  })
  const task = useQuery(taskQuery(assignmentId))
  const error = quiz.error ?? task.error
  return (
    <>
      <Breadcrumbs items={[{ label: t('assignments'), to: paths.tasks }]} />
      <PageHeading title={task.data?.title ?? t('title')} />
      {quiz.data && task.data ? (
        <Body key={assignmentId} quiz={quiz.data} task={task.data} />
      ) : error ? (
        <div className="mt-6">
          <ErrorState
            title={isStatus(error, 404) ? t('missing') : t('failed')}
            error={error}
            onRetry={() => {
              void quiz.refetch()
              void task.refetch()
            }}
            retrying={quiz.isFetching || task.isFetching}
          />
        </div>
      ) : (
        <QuizSkeleton />
      )}
    </>
  )
}

function Body({ quiz, task }: { quiz: Quiz; task: Task }) {
  const { t } = useTranslation('quiz')
  const [isTimeUp, setTimeUp] = useState(false)
  if (quiz.attempt) {
    return (
      <Suspense fallback={<QuizSkeleton />}>
        <QuizTaking
          key={quiz.attempt.id}
          quiz={quiz}
          attempt={quiz.attempt}
          onTimeUp={() => setTimeUp(true)}
        />
      </Suspense>
    )
  }
  return (
    <div className="max-w-3xl">
      <div role="status">
        {isTimeUp && (
          <Notice tone="info" className="mt-5">
            {t('time.over')}
          </Notice>
        )}
      </div>
      {quiz.result ? (
        <QuizResult quiz={quiz} result={quiz.result} task={task} />
      ) : (
        <QuizIntro quiz={quiz} task={task} />
      )}
    </div>
  )
}

function QuizSkeleton() {
  const { t } = useTranslation('quiz')
  return (
    <Skeleton label={t('loading')}>
      <Bone className="mt-6 h-72 max-w-3xl rounded-card" />
    </Skeleton>
  )
}
