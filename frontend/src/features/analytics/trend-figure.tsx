import { useTranslation } from 'react-i18next'
import { BarChart } from '@/components/charts/bar-chart'
import { ChartFigure } from '@/components/charts/chart-figure'
import { formatMonth, formatNumber } from '@/lib/format'
import type { Analytics } from './queries'

/** How many courses people completed, month by month. */
export function TrendFigure({ analytics: { completion_trend: trend } }: { analytics: Analytics }) {
  const { t } = useTranslation('analytics')
  const total = trend.reduce((sum, { completed }) => sum + completed, 0)
  const [now, before] = [trend.at(-1)?.completed ?? 0, trend.at(-2)?.completed ?? 0]
  const data = {
    heading: t('trend.month'),
    labels: trend.map(({ month }) => formatMonth(month)),
    series: [{ label: t('trend.completed'), values: trend.map(({ completed }) => completed) }],
  }
  return (
    <ChartFigure
      title={t('trend.title')}
      summary={
        total === 0
          ? t('trend.nothing')
          : t('trend.summary', {
              count: total,
              total: formatNumber(total),
              now: formatNumber(now),
              before: formatNumber(before),
            })
      }
      table={data}
    >
      <BarChart data={data} />
    </ChartFigure>
  )
}
