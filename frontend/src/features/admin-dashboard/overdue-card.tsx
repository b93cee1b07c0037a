import {
  BookOpenIcon,
  CheckBadgeIcon,
  ClipboardDocumentCheckIcon,
} from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ErrorState } from '@/components/feedback/error-state'
import { Card } from '@/components/ui/card'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import { formatDay, formatNumber } from '@/lib/format'
import { type Late, type LatePeople, overdueQuery } from './queries'

/** Who is late with what, and the way to all of them. */
export function OverdueCard() {
  const { t } = useTranslation('admin')
  const overdue = useQuery(overdueQuery)
  if (overdue.isError && !overdue.data) {
    return (
      <ErrorState
        title={t('overdue.failed')}
        error={overdue.error}
        onRetry={() => void overdue.refetch()}
        retrying={overdue.isFetching}
      />
    )
  }
  return (
    <Card title={t('overdue.title')}>
      {overdue.data ? (
        <OverdueList overdue={overdue.data} />
      ) : (
        <Skeleton label={t('overdue.loading')}>
          <Bone className="h-64" />
        </Skeleton>
      )}
    </Card>
  )
}

const REPORT = { course: 'completion', assignment: 'assignments' } as const

function OverdueList({ overdue: { courses, assignments, first } }: { overdue: LatePeople }) {
  const { t } = useTranslation('admin')
  if (first.length === 0) {
    return (
      <div className="flex flex-col items-center py-8 text-center text-ink-soft">
        <CheckBadgeIcon aria-hidden="true" className="size-12 text-success" />
        <p className="mt-2">{t('overdue.nothing')}</p>
      </div>
    )
  }
  const counts = [
    ['course', courses],
    ['assignment', assignments],
  ] as const
  return (
    <>
      <ul className="divide-y divide-line">
        {first.slice(0, 6).map((late) => (
          <LateItem key={late.key} late={late} />
        ))}
      </ul>
      <div className="mt-2 flex flex-wrap gap-x-6">
        {counts
          .filter(([, count]) => count > 0)
          .map(([kind, count]) => (
            <TextLink key={kind} to={`${paths.reports}?report=${REPORT[kind]}&status=OVERDUE`}>
              {t(`overdue.all.${kind}`, { count, number: formatNumber(count) })}
            </TextLink>
          ))}
      </div>
    </>
  )
}

function LateItem({ late }: { late: Late }) {
  const { t } = useTranslation('admin')
  const Icon = late.kind === 'course' ? BookOpenIcon : ClipboardDocumentCheckIcon
  return (
    <li className="flex items-start gap-3 py-2.5">
      <Icon aria-hidden="true" className="mt-0.5 size-6 shrink-0 text-danger" />
      <div className="min-w-0 flex-1">
        <Link
          to={paths.teacher(late.personId)}
          className="inline-flex min-h-6 items-center font-semibold text-brand-strong underline-offset-4 hover:underline"
        >
          {late.person}
        </Link>
        <p className="wrap-anywhere text-ink-soft">{late.title}</p>
      </div>
      {late.day !== null && (
        <p className="shrink-0 text-sm font-medium text-danger">
          {t('overdue.since', { day: formatDay(late.day) })}
        </p>
      )}
    </li>
  )
}
