import {
  BookOpenIcon,
  CheckCircleIcon,
  ExclamationTriangleIcon,
  UsersIcon,
} from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { StatCard } from '@/components/stat-card'
import { ProgressBar } from '@/components/ui/progress-bar'
import { formatNumber } from '@/lib/format'
import { type Group, standingQuery } from './queries'

/** The group at a glance. */
export function GroupFigures({ group }: { group: Group }) {
  const { t } = useTranslation('groups')
  const { data } = useQuery(standingQuery(group.id))
  return (
    <section
      aria-label={t('group.figures')}
      className="grid grid-cols-2 gap-4 max-sm:gap-3 xl:grid-cols-4"
    >
      <StatCard
        label={t('group.members')}
        value={formatNumber(group.member_count)}
        icon={UsersIcon}
      />
      <StatCard
        label={t('group.courses')}
        value={formatNumber(group.course_count)}
        icon={BookOpenIcon}
      />
      <StatCard
        label={t('group.completed')}
        value={
          data
            ? t('group.completedOf', {
                done: formatNumber(data.completed),
                all: formatNumber(data.all),
              })
            : '–'
        }
        icon={CheckCircleIcon}
      >
        {data && data.all > 0 && (
          <ProgressBar
            percentage={(data.completed / data.all) * 100}
            label={t('group.completed')}
            className="mb-1.5"
          />
        )}
        {t('group.allCourses')}
      </StatCard>
      <StatCard
        label={t('group.overdue')}
        value={data ? formatNumber(data.overdue) : '–'}
        icon={ExclamationTriangleIcon}
      >
        {t('group.allCourses')}
      </StatCard>
    </section>
  )
}
