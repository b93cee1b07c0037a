import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { ErrorState } from '@/components/feedback/error-state'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { Tabs } from '@/components/ui/tabs'
import { paths } from '@/config/paths'
import { AssignmentActions } from './assignment-actions'
import { AssignmentFacts } from './assignment-facts'
import { assignmentQuery } from './queries'
import { QuizCard } from './quiz-card'

const DetailsForm = lazy(async () => ({
  default: (await import('./details-form')).DetailsForm,
}))

const SubmissionsTable = lazy(async () => ({
  default: (await import('./submissions-table')).SubmissionsTable,
}))

export function AssignmentPage() {
  const { t } = useTranslation('assignments')
  const { assignmentId = '' } = useParams()
  const [params, setParams] = useSearchParams()
  const { data: assignment, error, refetch, isFetching } = useQuery(assignmentQuery(assignmentId))

  if (!assignment) {
    return (
      <>
        <Breadcrumbs items={[{ label: t('title'), to: paths.assignments }]} />
        <PageHeading title={t('title')} className="mb-6" />
        {error ? (
          <ErrorState
            title={t('page.failed')}
            error={error}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        ) : (
          <Skeleton label={t('page.loading')}>
            <Bone className="h-8 w-2/3" />
            <Bone className="mt-6 h-64" />
          </Skeleton>
        )}
      </>
    )
  }
  const isQuiz = assignment.kind === 'QUIZ'
  return (
    <>
      <Breadcrumbs items={[{ label: t('title'), to: paths.assignments }]} />
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <PageHeading title={assignment.title} className="min-w-0 flex-1 basis-72" />
        <AssignmentActions assignment={assignment} />
      </div>
      <AssignmentFacts assignment={assignment} />
      <div className="mt-6">
        <Tabs
          label={t('page.tabs')}
          selected={params.get('tab') === 'details' ? 'details' : 'work'}
          onSelect={(id) =>
            setParams(id === 'details' ? { tab: 'details' } : {}, {
              replace: true,
              preventScrollReset: true,
            })
          }
          tabs={[
            {
              id: 'work',
              title: isQuiz ? t('quiz.title') : t('page.work'),
              content: (
                <div className="pt-5">
                  {isQuiz ? (
                    <QuizCard assignment={assignment} />
                  ) : (
                    <Suspense fallback={<Bone className="h-64 animate-appear-late" />}>
                      <SubmissionsTable assignment={assignment} />
                    </Suspense>
                  )}
                </div>
              ),
            },
            {
              id: 'details',
              title: t('page.details'),
              content: (
                <div className="pt-5">
                  <Suspense fallback={<Bone className="h-96 animate-appear-late" />}>
                    <DetailsForm assignment={assignment} />
                  </Suspense>
                </div>
              ),
            },
          ]}
        />
      </div>
    </>
  )
}
