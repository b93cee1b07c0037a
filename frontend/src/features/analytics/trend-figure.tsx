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
    series: [
      {
        label: t('trend.completed'),
        // Axes without a single bar are no picture.
        values: trend.map(({ completed }) => (total === 0 ? null : completed)),
      },
    ],
  }
  return (
    <ChartFigure
      title={t('trend.title')}
      summary={t('trend.summary', {
        count: total,
        total: formatNumber(total),
        now: formatNumber(now),
        before: formatNumber(before),
      })}
      table={data}
      empty={t('trend.nothing')}
    >
      <BarChart data={data} />
    </ChartFigure>
  )
}
