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
  const counted = (measure: Measure) => {
    const count = activity.reduce((sum, day) => sum + day[measure], 0)
    return { count, number: formatNumber(count) }
  }
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
        signIns: t('activity.count.sign_ins', counted('sign_ins')),
        people: t('activity.count.new_users', counted('new_users')),
        videos: t('activity.count.videos', counted('videos')),
        schools: t('activity.count.new_schools', counted('new_schools')),
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
