import { useTranslation } from 'react-i18next'
import { BarChart } from '@/components/charts/bar-chart'
import { ChartFigure } from '@/components/charts/chart-figure'
import { formatNumber, formatPercent } from '@/lib/format'
import type { Source } from './queries'
import type { Status } from './status'

interface SharesFigureProps {
  report: Source<unknown>['id']
  shares: readonly { status: Status; count: number }[]
}

/** Which of them are the good news of a report. */
const GOOD: Record<SharesFigureProps['report'], readonly Status[]> = {
  completion: ['COMPLETED'],
  assignments: ['SUBMITTED', 'GRADED', 'PASSED', 'FAILED'],
  engagement: ['ACTIVE'],
}

const sum = (some: readonly { count: number }[]) => some.reduce((all, { count }) => all + count, 0)

/** How many stand where, before the rows that say who. */
export function SharesFigure({ report, shares }: SharesFigureProps) {
  const { t } = useTranslation('reports')
  const total = sum(shares)
  const good = sum(shares.filter(({ status }) => GOOD[report].includes(status)))
  const data = {
    heading: t('column.status'),
    labels: shares.map(({ status }) => t(`status.${status}`)),
    series: [
      {
        label: t(`${report}.unit`),
        values: shares.map(({ count }) => (total === 0 ? null : count)),
      },
    ],
  }
  return (
    <ChartFigure
      title={t(`${report}.shares`)}
      summary={t(`${report}.summary`, {
        good: formatNumber(good),
        count: total,
        total: formatNumber(total),
        percent: formatPercent(total === 0 ? 0 : (good / total) * 100),
        overdue: formatNumber(sum(shares.filter(({ status }) => status === 'OVERDUE'))),
      })}
      table={data}
      empty={t('noShares')}
    >
      <BarChart data={data} horizontal />
    </ChartFigure>
  )
}
