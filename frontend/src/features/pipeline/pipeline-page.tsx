import { CheckCircleIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable } from '@/components/data-table/data-table'
import { EmptyState } from '@/components/feedback/empty-state'
import { Notice } from '@/components/feedback/notice'
import { PageHeading } from '@/components/ui/page-heading'
import { TextButton } from '@/components/ui/text-link'
import { formatNumber } from '@/lib/format'
import { useUrlTableState } from '@/lib/use-url-table-state'
import { schoolQuery, statsQuery, troubleQuery } from './queries'
import { troubleColumns } from './trouble-columns'

/** Videos of all schools that do not come along by themselves. */
export function PipelinePage() {
  const { t } = useTranslation('pipeline')
  const table = useUrlTableState({ filters: ['tenant_id'] })
  const { page, page_size: size, tenant_id: schoolId } = table.query
  const trouble = useQuery(
    troubleQuery({ page, page_size: size, ...(schoolId && { tenant_id: schoolId }) }),
  )
  const { data: stats } = useQuery(statsQuery)
  const { data: school } = useQuery(schoolQuery(schoolId))
  const columns = useMemo(() => troubleColumns(t), [t])
  return (
    <>
      <PageHeading title={t('title')} />
      <p className="mt-1 mb-6 text-ink-soft">{t('text')}</p>
      {stats && (
        <dl className="mb-6 grid grid-cols-3 divide-x divide-line rounded-card border border-line bg-surface">
          {(['queued', 'running', 'failed'] as const).map((state) => (
            <div key={state} className="min-w-0 px-3 py-4 sm:px-5">
              <dt className="font-medium text-ink-soft">{t(`count.${state}`)}</dt>
              <dd>
                <span className="text-3xl font-bold tabular-nums">
                  {formatNumber(stats.pipeline[state])}
                </span>
                <span className="block text-sm text-ink-soft max-sm:hidden">
                  {t(`countText.${state}`)}
                </span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <h2 className="mb-3 text-lg font-bold">{t('trouble')}</h2>
      {schoolId !== undefined && (
        <Notice tone="info" className="mb-4">
          {school ? t('only', { name: school.name }) : t('onlyOne')}{' '}
          <TextButton onClick={table.clear}>{t('showAll')}</TextButton>
        </Notice>
      )}
      <DataTable
        label={t('trouble')}
        columns={columns}
        rows={trouble.data?.results}
        rowKey={({ id }) => id}
        isPending={trouble.isPending}
        isRefetching={trouble.isPlaceholderData}
        error={trouble.error}
        errorTitle={t('failed')}
        onRetry={() => void trouble.refetch()}
        {...(trouble.data?.count && { pagination: { ...table, count: trouble.data.count } })}
        empty={
          <EmptyState icon={CheckCircleIcon} title={t('empty.title')}>
            {t('empty.text')}
          </EmptyState>
        }
      />
    </>
  )
}
