import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { formatDay } from '@/lib/format'
import { daysUntil } from './days-until'
import { settingsQuery, statsQuery } from './queries'

/** Earlier nobody needs to think of it. */
const SOON_DAYS = 14

/** A trial that ends before long: when, and who can prolong it. */
export function TrialNotice() {
  const { t } = useTranslation('admin')
  const settings = useQuery(settingsQuery).data
  const end = useQuery(statsQuery).data?.trial_ends_on
  if (!settings || !end) return null
  const days = daysUntil(end, settings.time_zone)
  if (days > SOON_DAYS) return null
  return (
    <Notice tone="info">
      <p className="font-semibold">
        {days <= 0 ? t('trial.today') : t('trial.days', { count: days })}
      </p>
      <p>{t('trial.text', { day: formatDay(end) })}</p>
    </Notice>
  )
}
