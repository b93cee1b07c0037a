import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { ErrorState } from '@/components/feedback/error-state'
import { Notice } from '@/components/feedback/notice'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import { formatMoment, formatPercent } from '@/lib/format'
import { AnsweredCard } from './answered-card'
import { AttemptState } from './attempt-state'
import { type AttemptDetail, attemptQuery, timeZoneQuery } from './queries'

/** One attempt: what was asked, what was answered, and what it is worth. */
export function AttemptPage() {
  const { t } = useTranslation('quiz-marking')
  const { attemptId = '' } = useParams()
  const { data: attempt, error, refetch, isFetching } = useQuery(attemptQuery(attemptId))
  const above: { label: string; to: string }[] = [
    { label: t('assignments'), to: paths.assignments },
  ]
  if (attempt) {
    above.push(
      { label: attempt.assignment_title, to: paths.assignment(attempt.assignment_id) },
      { label: t('attempts.title'), to: paths.attempts(attempt.assignment_id) },
    )
  }
  return (
    <>
      <Breadcrumbs items={above} />
      <PageHeading
        title={attempt ? t('attempt.of', { name: attempt.teacher.name }) : t('attempt.title')}
        className="mb-2"
      />
      {attempt && <Facts attempt={attempt} />}
      {attempt && <Questions attempt={attempt} />}
      {!attempt &&
        (error ? (
          <ErrorState
            title={t('attempt.failed')}
            error={error}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        ) : (
          <Skeleton label={t('attempt.loading')}>
            <Bone className="h-24" />
            <Bone className="mt-4 h-48" />
          </Skeleton>
        ))}
    </>
  )
}

function Facts({ attempt }: { attempt: AttemptDetail }) {
  const { t } = useTranslation('quiz-marking')
  const { data: timeZone } = useQuery(timeZoneQuery)
  const { score, passing_score: pass, submitted_at: at } = attempt
  return (
    <div className="mb-6 space-y-1">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <AttemptState attempt={attempt} />
        {score !== null && (
          <span className="font-semibold">
            {t('attempt.score', { score: formatPercent(score), pass: formatPercent(pass) })}
          </span>
        )}
        {attempt.waiting_answers > 0 && t('attempts.waits', { count: attempt.waiting_answers })}
      </p>
      <p className="text-ink-soft">
        {t('attempt.facts', {
          title: attempt.assignment_title,
          course: attempt.course_title,
          number: attempt.number,
        })}{' '}
        {at !== null && t('attempt.handedIn', { moment: formatMoment(at, timeZone) })}{' '}
        {attempt.is_late && t('attempt.late')}
      </p>
    </div>
  )
}

function Questions({ attempt }: { attempt: AttemptDetail }) {
  const { t } = useTranslation('quiz-marking')
  return (
    <>
      {attempt.state === 'OPEN' && (
        <Notice tone="info" className="mb-4">
          {t('attempt.open')}
        </Notice>
      )}
      <h2 className="sr-only">{t('attempt.questions')}</h2>
      <ol className="space-y-4">
        {attempt.questions.map((question) => (
          <li key={question.id}>
            <AnsweredCard attempt={attempt} question={question} />
          </li>
        ))}
      </ol>
    </>
  )
}
