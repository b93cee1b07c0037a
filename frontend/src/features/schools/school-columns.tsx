import type { TFunction } from 'i18next'
import { Link } from 'react-router'
import type { Column } from '@/components/data-table/column'
import { paths } from '@/config/paths'
import { formatDate, formatDay, formatNumber } from '@/lib/format'
import { AddressLink } from './address-link'
import type { School } from './queries'
import { SchoolStatus } from './school-status'

export const schoolColumns = (t: TFunction<'schools'>): Column<School>[] => [
  {
    id: 'name',
    header: t('column.name'),
    sortKey: 'name',
    isRowHeader: true,
    cell: ({ id, name, subdomain }) => (
      <>
        <Link
          to={paths.school(id)}
          className="inline-flex min-h-8 items-center text-brand-strong underline-offset-4 hover:underline"
        >
          {name}
        </Link>
        <span className="block text-sm">
          <AddressLink subdomain={subdomain} />
        </span>
      </>
    ),
  },
  {
    id: 'status',
    header: t('column.status'),
    cell: ({ status }) => <SchoolStatus status={status} />,
  },
  {
    id: 'plan',
    header: t('column.plan'),
    sortKey: 'trial_ends_on',
    cell: (school) => (
      <>
        {t(`plan.${school.plan}`)}
        <span className="block text-sm whitespace-nowrap text-ink-soft">
          {trialWords(school, t)}
        </span>
      </>
    ),
  },
  {
    id: 'teachers',
    header: t('column.teachers'),
    align: 'end',
    cell: ({ teacher_count: count, limits }) => (
      <span className="whitespace-nowrap">
        {t('ofLimit', { used: formatNumber(count), limit: formatNumber(limits.teachers) })}
      </span>
    ),
  },
  {
    id: 'courses',
    header: t('column.courses'),
    align: 'end',
    wideOnly: true,
    cell: ({ course_count: count, limits }) => (
      <span className="whitespace-nowrap">
        {t('ofLimit', { used: formatNumber(count), limit: formatNumber(limits.courses) })}
      </span>
    ),
  },
  {
    id: 'created',
    header: t('column.created'),
    sortKey: 'created_at',
    wideOnly: true,
    cell: ({ created_at: at }) => <span className="whitespace-nowrap">{formatDate(at)}</span>,
  },
]

/** When the trial ends or ended; nothing for schools that pay. A paused one may be either. */
function trialWords({ status, trial_ends_on: day }: School, t: TFunction<'schools'>): string {
  if (status === 'TRIAL') return t('trialUntil', { day: formatDay(day) })
  return status === 'EXPIRED' ? t('trialEnded', { day: formatDay(day) }) : ''
}
