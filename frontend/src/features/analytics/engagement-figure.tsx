import { useTranslation } from 'react-i18next'
import { ChartFigure } from '@/components/charts/chart-figure'
import { LineChart } from '@/components/charts/line-chart'
import { formatDayShort, formatNumber } from '@/lib/format'
import type { Analytics } from './queries'

const MEASURES = ['active_people', 'contents_completed', 'submissions'] as const

/** What people did, week by week. */
export function EngagementFigure({ analytics: { engagement, months } }: { analytics: Analytics }) {
  const { t } = useTranslation('analytics')
  const total = (measure: (typeof MEASURES)[number]) =>
    engagement.reduce((sum, week) => sum + week[measure], 0)
  const most = Math.max(0, ...engagement.map((week) => week.active_people))
  const data = {
    heading: t('engagement.week'),
    labels: engagement.map(({ week }) => formatDayShort(week)),
    series: MEASURES.map((measure) => ({
      label: t(`engagement.${measure}`),
      values: engagement.map((week) => week[measure]),
    })),
  }
  return (
    <ChartFigure
      title={t('engagement.title')}
      summary={
        most === 0
          ? t('engagement.nothing', { count: months })
          : t('engagement.summary', {
              count: most,
              lessons: formatNumber(total('contents_completed')),
              submissions: formatNumber(total('submissions')),
            })
      }
      table={data}
    >
      <LineChart data={data} />
    </ChartFigure>
  )
}
