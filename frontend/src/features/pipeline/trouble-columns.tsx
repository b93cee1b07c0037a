import type { TFunction } from 'i18next'
import { Link } from 'react-router'
import type { Column } from '@/components/data-table/column'
import { StatusChip } from '@/components/ui/status-chip'
import { paths } from '@/config/paths'
import { formatMoment, formatRelative } from '@/lib/format'
import { schoolHost } from '@/lib/tenant/school-address'
import type { TroubledStep } from './queries'
import { adviceFor, reasonOf } from './reason'
import { RetryButton } from './retry-button'

export const troubleColumns = (t: TFunction<'pipeline'>): Column<TroubledStep>[] => [
  {
    id: 'video',
    header: t('column.video'),
    isRowHeader: true,
    cell: ({ content_title: title, tenant_id: schoolId, subdomain }) => (
      <>
        {title}
        <Link
          to={paths.school(schoolId)}
          className="flex min-h-8 items-center text-sm font-normal break-all text-ink-soft underline underline-offset-4"
        >
          {schoolHost(subdomain)}
        </Link>
      </>
    ),
  },
  {
    id: 'step',
    header: t('column.step'),
    cell: ({ name, state }) => (
      <div className="flex flex-col items-start gap-1 max-sm:items-end">
        {t(`step.${name}`)}
        <StatusChip tone={state === 'FAILED' ? 'danger' : 'warning'}>
          {state === 'FAILED' ? t('state.failed') : t('state.stuck')}
        </StatusChip>
      </div>
    ),
  },
  {
    id: 'reason',
    header: t('column.reason'),
    cell: (step) => <Reason step={step} t={t} />,
  },
  {
    id: 'since',
    header: t('column.since'),
    cell: ({ since }) => (
      <time dateTime={since} title={formatMoment(since)} className="whitespace-nowrap">
        {formatRelative(since)}
      </time>
    ),
  },
  {
    id: 'retry',
    header: t('column.retry'),
    cell: (step) => <RetryButton step={step} />,
  },
]

function Reason({ step, t }: { step: TroubledStep; t: TFunction<'pipeline'> }) {
  const advice = adviceFor(step, t)
  return (
    <div className="max-w-md text-left">
      <p>{reasonOf(step, t)}</p>
      {advice && <p className="mt-0.5 text-sm text-ink-soft">{advice}</p>}
      <details className="mt-1 text-sm">
        <summary className="inline-block min-h-6 font-medium text-brand-strong underline-offset-4 hover:underline">
          {t('details.show')}
        </summary>
        <p className="mt-1 text-ink-soft">
          {t('details.tries', { count: step.attempt })}{' '}
          {step.lost_leases > 0 && t('details.lost', { count: step.lost_leases })}
        </p>
        {step.log && (
          <pre className="mt-1 rounded-lg bg-page p-2 text-xs break-all whitespace-pre-wrap">
            {step.log}
          </pre>
        )}
      </details>
    </div>
  )
}
