import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/feedback/error-state'
import { Notice } from '@/components/feedback/notice'
import { FigureCard } from '@/components/ui/figure-card'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { getSchoolStats } from '@/lib/api/operations'
import { useSessionStore } from '@/lib/auth/session-store'
import { formatBytes, formatNumber, formatPercent } from '@/lib/format'

const GRID = 'mt-6 grid gap-4 sm:grid-cols-2 xl:grid-cols-4'

/** The school at a glance. The pages for working on it come one by one; this one says so. */
export function AdminDashboardPage() {
  const { t } = useTranslation('admin')
  const user = useSessionStore((state) => state.user)
  const stats = useQuery({
    queryKey: ['school-stats'],
    queryFn: async ({ signal }) => (await getSchoolStats({ signal })).data,
  })
  return (
    <>
      <PageHeading title={t('start.title')}>
        {user?.first_name ? t('start.hello', { name: user.first_name }) : t('start.title')}
      </PageHeading>
      <p className="mt-2 text-ink-soft">{t('start.intro')}</p>
      {stats.isPending && (
        <Skeleton label={t('start.loading')}>
          <div className={GRID}>
            {['people', 'courses', 'completion', 'storage'].map((key) => (
              <Bone key={key} className="h-32" />
            ))}
          </div>
        </Skeleton>
      )}
      {stats.isError && (
        <div className="mt-6">
          <ErrorState
            title={t('start.failed')}
            error={stats.error}
            onRetry={() => void stats.refetch()}
            retrying={stats.isFetching}
          />
        </div>
      )}
      {stats.data && (
        <dl className={GRID}>
          <FigureCard label={t('start.people')} value={formatNumber(stats.data.teachers.active)}>
            {stats.data.teachers.invited > 0 &&
              `${t('start.invited', { count: stats.data.teachers.invited })} `}
            {t('start.peopleMore', { limit: formatNumber(stats.data.teachers.limit) })}
          </FigureCard>
          <FigureCard label={t('start.courses')} value={formatNumber(stats.data.courses.published)}>
            {t('start.coursesMore', {
              total: formatNumber(stats.data.courses.total),
              limit: formatNumber(stats.data.courses.limit),
            })}
          </FigureCard>
          <FigureCard
            label={t('start.completion')}
            value={formatPercent(stats.data.average_completion)}
          >
            {stats.data.overdue > 0
              ? t('start.completionMore', { count: stats.data.overdue })
              : t('start.nothingOverdue')}
          </FigureCard>
          <FigureCard label={t('start.storage')} value={formatBytes(stats.data.storage.used_bytes)}>
            {t('start.storageMore', { limit: formatBytes(stats.data.storage.limit_bytes) })}
          </FigureCard>
        </dl>
      )}
      <Notice tone="info" className="mt-8">
        <h2 className="font-bold">{t('start.comingTitle')}</h2>
        <p className="mt-1">{t('start.coming')}</p>
      </Notice>
    </>
  )
}
