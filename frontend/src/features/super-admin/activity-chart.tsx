import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChartFigure } from '@/components/charts/chart-figure'
import { LineChart } from '@/components/charts/line-chart'
import { Select } from '@/components/ui/select'
import { formatDayShort, formatNumber } from '@/lib/format'
import type { Activity } from './queries'
import { byWeek, MEASURES, type Measure, type Span } from './weeks'

/** What people did at all schools together, day by day or week by week. */
export function ActivityChart({ activity }: { activity: readonly Activity[] }) {
  const { t } = useTranslation('super-admin')
  const [span, setSpan] = useState<'day' | 'week'>('day')
  const spans: readonly Span[] = useMemo(
    () => (span === 'day' ? activity : byWeek(activity)),
    [span, activity],
  )
  const total = (measure: Measure) => activity.reduce((sum, day) => sum + day[measure], 0)
  const data = {
    heading: t(`activity.${span}`),
    labels: spans.map(({ date }) => formatDayShort(date)),
    series: MEASURES.map((measure) => ({
      label: t(`activity.${measure}`),
      values: spans.map((each) => each[measure]),
    })),
  }
  return (
    <ChartFigure
      title={t('activity.title')}
      summary={t('activity.summary', {
        signIns: formatNumber(total('sign_ins')),
        people: formatNumber(total('new_users')),
        videos: formatNumber(total('videos')),
        schools: formatNumber(total('new_schools')),
      })}
      table={data}
      actions={
        <Select
          label={t('activity.per')}
          options={[
            { value: 'day', label: t('activity.perDay') },
            { value: 'week', label: t('activity.perWeek') },
          ]}
          value={span}
          onChange={setSpan}
          className="w-36"
        />
      }
    >
      <LineChart data={data} />
    </ChartFigure>
  )
}
