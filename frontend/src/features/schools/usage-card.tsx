import { useTranslation } from 'react-i18next'
import { Card } from '@/components/ui/card'
import { ProgressBar } from '@/components/ui/progress-bar'
import { formatBytes, formatDuration, formatNumber } from '@/lib/format'
import type { School, SchoolUsage } from './queries'

/** From here on the operator should think of more room, in percent. */
const NEARLY_FULL = 80

/** What the school has of what it may have, in words and as bars. */
export function UsageCard({ school, usage }: { school: School; usage: SchoolUsage | undefined }) {
  const { t } = useTranslation('schools')
  const { limits, usage: used } = school
  return (
    <Card title={t('usage.title')} className="lg:col-span-2">
      <ul className="space-y-5">
        <Bar
          label={t('column.teachers')}
          used={used.teachers}
          limit={limits.teachers}
          format={formatNumber}
        />
        <Bar
          label={t('column.courses')}
          used={used.courses}
          limit={limits.courses}
          format={formatNumber}
        />
        <Bar
          label={t('usage.storage')}
          used={used.storage_bytes}
          limit={limits.storage_bytes}
          format={formatBytes}
        />
      </ul>
      <p className="mt-5 border-t border-line pt-4 text-ink-soft">
        {usage && (
          <>
            {usage.video_count === 0
              ? t('usage.noVideos')
              : t('usage.videos', {
                  count: usage.video_count,
                  number: formatNumber(usage.video_count),
                  length: formatDuration(usage.video_seconds),
                })}{' '}
          </>
        )}
        {t('usage.longest', { length: formatDuration(limits.video_seconds) })}
      </p>
    </Card>
  )
}

interface BarProps {
  label: string
  used: number
  limit: number
  format: (value: number) => string
}

function Bar({ label, used, limit, format }: BarProps) {
  const { t } = useTranslation('schools')
  const percentage = limit > 0 ? (used / limit) * 100 : 100
  const isFull = used >= limit
  return (
    <li>
      <div className="mb-1.5 flex flex-wrap justify-between gap-x-4">
        <span className="font-semibold">{label}</span>
        <span className="text-ink-soft">
          {t('ofLimit', { used: format(used), limit: format(limit) })}
          {isFull && <strong className="text-danger"> · {t('usage.full')}</strong>}
          {!isFull && percentage >= NEARLY_FULL && (
            <strong className="text-warning"> · {t('usage.nearlyFull')}</strong>
          )}
        </span>
      </div>
      <ProgressBar percentage={percentage} label={label} />
    </li>
  )
}
