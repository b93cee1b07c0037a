import { useTranslation } from 'react-i18next'
import { ChartFigure } from '@/components/charts/chart-figure'
import { DoughnutChart } from '@/components/charts/doughnut-chart'
import { formatNumber } from '@/lib/format'
import type { Analytics } from './queries'

/** In the order of the colours of charts, so that late is red and passed is green. */
const PARTS = ['submitted', 'graded', 'pending', 'overdue', 'failed', 'passed'] as const

/** What has become of everybody's assignments by now. */
export function AssignmentsFigure({ analytics: { assignments } }: { analytics: Analytics }) {
  const { t } = useTranslation('analytics')
  const total = PARTS.reduce((sum, part) => sum + assignments[part], 0)
  const data = {
    heading: t('assignments.state'),
    labels: PARTS.map((part) => t(`assignments.${part}`)),
    series: [
      {
        label: t('assignments.count'),
        // A ring of nothing is no picture: there are no assignments to tell of.
        values: PARTS.map((part) => (total === 0 ? null : assignments[part])),
      },
    ],
  }
  return (
    <ChartFigure
      title={t('assignments.title')}
      summary={t('assignments.summary', {
        count: total,
        total: formatNumber(total),
        open: formatNumber(assignments.pending + assignments.overdue),
        overdue: formatNumber(assignments.overdue),
        toGrade: formatNumber(assignments.submitted),
      })}
      table={data}
      empty={t('assignments.empty')}
    >
      <DoughnutChart data={data} />
    </ChartFigure>
  )
}
