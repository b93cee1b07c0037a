import {
  BuildingLibraryIcon,
  ClockIcon,
  FilmIcon,
  PauseCircleIcon,
  ServerStackIcon,
  UsersIcon,
} from '@heroicons/react/24/outline'
import { useTranslation } from 'react-i18next'
import { StatCard } from '@/components/stat-card'
import { paths } from '@/config/paths'
import { formatBytes, formatDuration, formatNumber } from '@/lib/format'
import type { Stats } from './queries'

/** The platform in six numbers. */
export function Figures({ stats }: { stats: Stats }) {
  const { t } = useTranslation('super-admin')
  const paying = stats.active_tenants - stats.trial_tenants
  const closed = stats.total_tenants - stats.active_tenants
  const expired = closed - stats.suspended_tenants
  return (
    <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
      <StatCard
        label={t('figures.active')}
        value={formatNumber(paying)}
        icon={BuildingLibraryIcon}
        to={`${paths.schools}?state=paying`}
      >
        {t('figures.activeText', {
          count: stats.total_tenants,
          number: formatNumber(stats.total_tenants),
        })}
      </StatCard>
      <StatCard
        label={t('figures.trial')}
        value={formatNumber(stats.trial_tenants)}
        icon={ClockIcon}
        to={`${paths.schools}?state=trial&ordering=trial_ends_on`}
      >
        {t('figures.trialText')}
      </StatCard>
      <StatCard
        label={t('figures.closed')}
        value={formatNumber(closed)}
        icon={PauseCircleIcon}
        to={`${paths.schools}?state=closed`}
      >
        {t('figures.closedText', {
          paused: formatNumber(stats.suspended_tenants),
          expired: formatNumber(expired),
        })}
      </StatCard>
      <StatCard
        label={t('figures.people')}
        value={formatNumber(stats.total_users)}
        icon={UsersIcon}
      >
        {t('figures.peopleText', {
          count: stats.total_teachers,
          number: formatNumber(stats.total_teachers),
        })}
      </StatCard>
      <StatCard
        label={t('figures.storage')}
        value={formatBytes(stats.storage_bytes)}
        icon={ServerStackIcon}
      >
        {t('figures.storageText')}
      </StatCard>
      <StatCard
        label={t('figures.videos')}
        value={formatDuration(stats.video_seconds)}
        icon={FilmIcon}
      >
        {t('figures.videosText')}
      </StatCard>
    </div>
  )
}
