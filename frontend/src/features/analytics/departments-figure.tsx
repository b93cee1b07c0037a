import { useTranslation } from 'react-i18next'
import { BarChart } from '@/components/charts/bar-chart'
import { ChartFigure } from '@/components/charts/chart-figure'
import { formatNumber, formatPercent } from '@/lib/format'
import type { Analytics } from './queries'

/** How departments stand with their courses now. */
export function DepartmentsFigure({ analytics: { departments } }: { analytics: Analytics }) {
  const { t } = useTranslation('analytics')
  const nameOf = (department: string) => department || t('departments.none')
  const [best] = departments
    .filter(({ department }) => department !== '')
    .toSorted((a, b) => b.completion_rate - a.completion_rate)
  const overdue = departments.reduce((sum, each) => sum + each.overdue, 0)
  const data = {
    heading: t('departments.department'),
    labels: departments.map(({ department }) => nameOf(department)),
    series: [
      {
        label: t('departments.progress'),
        values: departments.map(({ average_progress }) => average_progress),
      },
      {
        label: t('departments.completed'),
        values: departments.map(({ completion_rate }) => completion_rate),
      },
    ],
    format: formatPercent,
  }
  return (
    <ChartFigure
      title={t('departments.title')}
      summary={
        best && best.completion_rate > 0
          ? t('departments.summary', {
              name: best.department,
              percent: formatPercent(best.completion_rate),
              overdue: formatNumber(overdue),
            })
          : t('departments.nothing', { overdue: formatNumber(overdue) })
      }
      table={data}
      empty={t('departments.empty')}
    >
      <BarChart data={data} max={100} horizontal />
    </ChartFigure>
  )
}
