import { BuildingLibraryIcon, PlusIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { LinkButton } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import { ActivityChart } from './activity-chart'
import { Figures } from './figures'
import { LimitsCard } from './limits-card'
import { NewestCard } from './newest-card'
import { PipelineCard } from './pipeline-card'
import { PlansChart } from './plans-chart'
import { statsQuery } from './queries'
import { TrialsCard } from './trials-card'

/** The platform at a glance, and what needs the operator today. */
export function OperatorDashboardPage() {
  const { t } = useTranslation('super-admin')
  const stats = useQuery(statsQuery)
  const add = (
    <LinkButton to={paths.newSchool}>
      <PlusIcon aria-hidden="true" className="size-5" />
      {t('add')}
    </LinkButton>
  )
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-3">
        <PageHeading title={t('title')} />
        {add}
      </div>
      {stats.isPending && <DashboardSkeleton />}
      {stats.isError && !stats.data && (
        <ErrorState
          title={t('failed')}
          error={stats.error}
          onRetry={() => void stats.refetch()}
          retrying={stats.isFetching}
        />
      )}
      {stats.data?.total_tenants === 0 && (
        <EmptyState icon={BuildingLibraryIcon} title={t('empty.title')} action={add}>
          {t('empty.text')}
        </EmptyState>
      )}
      {stats.data && stats.data.total_tenants > 0 && (
        <div className="space-y-5">
          <Figures stats={stats.data} />
          <div className="grid gap-5 lg:grid-cols-2">
            <TrialsCard />
            <PipelineCard pipeline={stats.data.pipeline} />
          </div>
          <div className="grid gap-5 lg:grid-cols-3 *:first:lg:col-span-2">
            <ActivityChart activity={stats.data.activity} />
            <PlansChart distribution={stats.data.plan_distribution} />
          </div>
          <div className="grid gap-5 lg:grid-cols-2">
            <LimitsCard schools={stats.data.schools_near_limits} />
            <NewestCard schools={stats.data.recent_onboards} />
          </div>
        </div>
      )}
    </>
  )
}

function DashboardSkeleton() {
  const { t } = useTranslation('super-admin')
  return (
    <Skeleton label={t('loading')}>
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {Array.from({ length: 6 }, (_, index) => (
          <Bone key={index} className="h-32" />
        ))}
      </div>
      <Bone className="mt-5 h-96" />
    </Skeleton>
  )
}
