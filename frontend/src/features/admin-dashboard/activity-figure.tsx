import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ChartFigure } from '@/components/charts/chart-figure'
import { LineChart } from '@/components/charts/line-chart'
import { ErrorState } from '@/components/feedback/error-state'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import { formatDayShort, formatNumber } from '@/lib/format'
import { analyticsQuery } from './queries'

/** How lively the last weeks were. */
export function ActivityFigure() {
  const { t } = useTranslation('admin')
  const analytics = useQuery(analyticsQuery)
  if (!analytics.data) {
    return analytics.isError ? (
      <ErrorState
        title={t('activity.failed')}
        error={analytics.error}
        onRetry={() => void analytics.refetch()}
        retrying={analytics.isFetching}
      />
    ) : (
      <Skeleton label={t('activity.loading')}>
        <Bone className="h-96" />
      </Skeleton>
    )
  }
  const weeks = analytics.data.engagement
  const completed = weeks.reduce((sum, week) => sum + week.contents_completed, 0)
  const data = {
    heading: t('activity.week'),
    labels: weeks.map(({ week }) => formatDayShort(week)),
    series: [
      { label: t('activity.people'), values: weeks.map((week) => week.active_people) },
      { label: t('activity.lessons'), values: weeks.map((week) => week.contents_completed) },
    ],
  }
  return (
    <ChartFigure
      title={t('activity.title')}
      summary={t('activity.summary', { count: completed, lessons: formatNumber(completed) })}
      table={data}
      actions={
        <TextLink to={paths.analytics} className="-my-2">
          {t('activity.more')}
        </TextLink>
      }
    >
      <LineChart data={data} />
    </ChartFigure>
  )
}
