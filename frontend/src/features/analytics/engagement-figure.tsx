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
  const isNothing = MEASURES.every((measure) => total(measure) === 0)
  const data = {
    heading: t('engagement.week'),
    labels: engagement.map(({ week }) => formatDayShort(week)),
    series: MEASURES.map((measure) => ({
      label: t(`engagement.${measure}`),
      // Axes without a single line are no picture.
      values: engagement.map((week) => (isNothing ? null : week[measure])),
    })),
  }
  return (
    <ChartFigure
      title={t('engagement.title')}
      summary={t('engagement.summary', {
        count: most,
        lessons: formatNumber(total('contents_completed')),
        submissions: formatNumber(total('submissions')),
      })}
      table={data}
      empty={t('engagement.nothing', { count: months })}
    >
      <LineChart data={data} />
    </ChartFigure>
  )
}
