import { AcademicCapIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { WidgetBoundary } from '@/components/feedback/widget-boundary'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { useSessionStore } from '@/lib/auth/session-store'
import { ContinueCard } from './continue-card'
import { DashboardFigures } from './dashboard-figures'
import { DeadlineList } from './deadline-list'
import { dashboardQuery, type Dashboard } from './queries'

/** What a teacher sees first: where to go on, what is due, how far they are. */
export function DashboardPage() {
  const { t } = useTranslation('teacher')
  const name = useSessionStore(({ user }) => user?.first_name ?? '')
  const { data, error, refetch, isFetching } = useQuery(dashboardQuery)
  return (
    <>
      <PageHeading title={t('start.title')}>
        {name ? t('start.greeting', { name }) : t('start.title')}
      </PageHeading>
      {data ? (
        <Body dashboard={data} />
      ) : error ? (
        <div className="mt-6">
          <ErrorState
            title={t('start.failed')}
            error={error}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        </div>
      ) : (
        <Skeleton label={t('start.loading')}>
          <Bone className="mt-6 h-56 rounded-card" />
          <div className="mt-6 grid gap-6 lg:grid-cols-2">
            <Bone className="h-64 rounded-card" />
            <Bone className="h-64 rounded-card" />
          </div>
        </Skeleton>
      )}
    </>
  )
}

function Body({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useTranslation('teacher')
  const { stats, continue_learning: goOn, deadlines } = dashboard
  if (stats.total_courses === 0) {
    return (
      <div className="mt-6">
        <EmptyState icon={AcademicCapIcon} title={t('start.empty.title')}>
          {t('start.empty.text')}
        </EmptyState>
      </div>
    )
  }
  return (
    <>
      <div className="mt-6">
        <WidgetBoundary title={t('start.failed')}>
          <ContinueCard goOn={goOn} />
        </WidgetBoundary>
      </div>
      <div className="mt-6 grid items-start gap-6 lg:grid-cols-2">
        <DashboardFigures stats={stats} />
        <DeadlineList deadlines={deadlines} />
      </div>
    </>
  )
}
