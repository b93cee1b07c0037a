import { useTranslation } from 'react-i18next'
import { ChartFigure } from '@/components/charts/chart-figure'
import { DoughnutChart } from '@/components/charts/doughnut-chart'
import { formatNumber } from '@/lib/format'
import type { Stats } from './queries'

const PLANS = ['FREE', 'STARTER', 'PRO', 'ENTERPRISE'] as const

export function PlansChart({ distribution }: { distribution: Stats['plan_distribution'] }) {
  const { t } = useTranslation('super-admin')
  const counts = PLANS.map((plan) => distribution[plan] ?? 0)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const [most = 'FREE'] = PLANS.toSorted((a, b) => (distribution[b] ?? 0) - (distribution[a] ?? 0))
  const data = {
    heading: t('plans.plan'),
    labels: PLANS.map((plan) => t(`plan.${plan}`)),
    // Without schools there is no whole of which these could be parts.
    series: [
      { label: t('plans.schools'), values: counts.map((count) => (total > 0 ? count : null)) },
    ],
  }
  return (
    <ChartFigure
      title={t('plans.title')}
      summary={t('plans.summary', {
        plan: t(`plan.${most}`),
        number: formatNumber(distribution[most] ?? 0),
        total: formatNumber(total),
      })}
      table={data}
      empty={t('plans.empty')}
    >
      <DoughnutChart data={data} />
    </ChartFigure>
  )
}
