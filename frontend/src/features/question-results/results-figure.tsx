import { useTranslation } from 'react-i18next'
import { BarChart } from '@/components/charts/bar-chart'
import { ChartFigure } from '@/components/charts/chart-figure'
import { formatNumber, formatPercent } from '@/lib/format'
import type { Item } from './queries'

/** How many got each question right, in the order of the quiz. */
export function ResultsFigure({ items }: { items: readonly Item[] }) {
  const { t } = useTranslation('question-results')
  const known = items.flatMap(({ order, difficulty }) =>
    difficulty === null ? [] : [{ order, percent: difficulty * 100 }],
  )
  const ranked = known.toSorted((a, b) => b.percent - a.percent)
  const [easiest, hardest] = [ranked[0], ranked.at(-1)]
  const data = {
    heading: t('chart.question'),
    // The questions themselves stand below: whole ones have no room beside bars on a phone.
    labels: items.map(({ order }) => t('item.number', { number: formatNumber(order) })),
    series: [
      {
        label: t('chart.right'),
        values: items.map(({ difficulty }) => (difficulty === null ? null : difficulty * 100)),
      },
    ],
    format: formatPercent,
  }
  if (!easiest || !hardest) return null
  const most = formatPercent(easiest.percent)
  return (
    <ChartFigure
      title={t('chart.title')}
      summary={
        easiest.percent === hardest.percent
          ? t('chart.same', { most })
          : t('chart.summary', {
              easiest: formatNumber(easiest.order),
              most,
              hardest: formatNumber(hardest.order),
              least: formatPercent(hardest.percent),
            })
      }
      table={data}
    >
      <BarChart data={data} max={100} horizontal />
    </ChartFigure>
  )
}
