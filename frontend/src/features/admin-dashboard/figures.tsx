import {
  AcademicCapIcon,
  BookOpenIcon,
  CircleStackIcon,
  InboxArrowDownIcon,
  SparklesIcon,
  UsersIcon,
} from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/feedback/error-state'
import { StatCard } from '@/components/stat-card'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import { formatBytes, formatNumber, formatPercent } from '@/lib/format'
import { describeChange } from './describe-change'
import { analyticsQuery, statsQuery } from './queries'

const GRID = 'grid gap-4 sm:grid-cols-2 xl:grid-cols-3'
const CARDS = 6

/** The numbers of the school, each leading to what is behind it. */
export function Figures() {
  const { t } = useTranslation('admin')
  const stats = useQuery(statsQuery)
  // What moved is a courtesy: the numbers stand without it too.
  const analytics = useQuery(analyticsQuery).data
  if (stats.isError && !stats.data) {
    return (
      <ErrorState
        title={t('start.failed')}
        error={stats.error}
        onRetry={() => void stats.refetch()}
        retrying={stats.isFetching}
      />
    )
  }
  if (!stats.data) {
    return (
      <Skeleton label={t('start.loading')}>
        <div className={GRID}>
          {Array.from({ length: CARDS }, (_, index) => (
            <Bone key={index} className="h-32" />
          ))}
        </div>
      </Skeleton>
    )
  }
  const { teachers, courses, average_completion, pending_gradings, storage } = stats.data
  const months = analytics?.completion_trend.map(({ completed }) => completed) ?? []
  const weeks = analytics?.engagement.map(({ active_people }) => active_people) ?? []
  return (
    <div className={GRID}>
      <StatCard
        label={t('start.people')}
        value={formatNumber(teachers.active)}
        icon={UsersIcon}
        to={paths.teachers}
      >
        {teachers.invited > 0 && `${t('start.invited', { count: teachers.invited })} `}
        {t('start.peopleMore', { limit: formatNumber(teachers.limit) })}
      </StatCard>
      <StatCard
        label={t('start.courses')}
        value={formatNumber(courses.published)}
        icon={BookOpenIcon}
        to={paths.courses}
      >
        {t('start.coursesMore', {
          total: formatNumber(courses.total),
          limit: formatNumber(courses.limit),
        })}
      </StatCard>
      <StatCard
        label={t('start.completion')}
        value={formatPercent(average_completion)}
        icon={AcademicCapIcon}
        to={paths.reports}
        {...describeChange(t, 'month', months)}
      />
      <StatCard
        label={t('start.active')}
        value={formatNumber(weeks.at(-1) ?? 0)}
        icon={SparklesIcon}
        to={`${paths.reports}?report=engagement`}
        {...describeChange(t, 'week', weeks)}
      />
      <StatCard
        label={t('start.toGrade')}
        value={formatNumber(pending_gradings)}
        icon={InboxArrowDownIcon}
        to={paths.assignments}
      >
        {pending_gradings === 0 ? t('start.nothingToGrade') : t('start.toGradeMore')}
      </StatCard>
      <StatCard
        label={t('start.storage')}
        value={formatBytes(storage.used_bytes)}
        icon={CircleStackIcon}
      >
        {t('start.storageMore', { limit: formatBytes(storage.limit_bytes) })}
      </StatCard>
    </div>
  )
}
