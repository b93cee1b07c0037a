import { AcademicCapIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { DataTable } from '@/components/data-table/data-table'
import { NothingFound } from '@/components/data-table/nothing-found'
import { Toolbar } from '@/components/data-table/toolbar'
import { EmptyState } from '@/components/feedback/empty-state'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { LinkButton } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { Select } from '@/components/ui/select'
import { paths } from '@/config/paths'
import { useUrlTableState } from '@/lib/use-url-table-state'
import { attemptColumns } from './attempt-columns'
import { assignmentQuery, attemptsQuery, STATES, timeZoneQuery } from './queries'

/** Everybody's attempts at a quiz. */
export function AttemptsPage() {
  const { t } = useTranslation('quiz-marking')
  const { assignmentId = '' } = useParams()
  const { data: assignment } = useQuery(assignmentQuery(assignmentId))
  const { data: timeZone } = useQuery(timeZoneQuery)
  const table = useUrlTableState({
    filters: { state: STATES },
    orderings: ['submitted_at', 'score', 'name'],
  })
  const { data, error, isPending, isFetching, isPlaceholderData, refetch } = useQuery(
    attemptsQuery(assignmentId, table.query),
  )
  const above: { label: string; to: string }[] = [
    { label: t('assignments'), to: paths.assignments },
  ]
  if (assignment) above.push({ label: assignment.title, to: paths.assignment(assignmentId) })
  return (
    <>
      <Breadcrumbs items={above} />
      <div className="mb-6 flex flex-wrap items-center justify-between gap-3">
        <PageHeading
          title={assignment ? t('attempts.of', { title: assignment.title }) : t('attempts.title')}
        />
        <LinkButton look="secondary" to={paths.waitingAnswers}>
          {t('attempts.toQueue')}
        </LinkButton>
      </div>
      <Toolbar table={table} searchLabel={t('attempts.search')}>
        <Select
          label={t('attempts.show')}
          value={table.filters.state ?? ''}
          onChange={(value) => table.setFilter('state', value)}
          options={[
            { value: '', label: t('attempts.all') },
            ...STATES.map((value) => ({ value, label: t(`attempts.only.${value}`) })),
          ]}
        />
      </Toolbar>
      <DataTable
        label={t('attempts.title')}
        columns={attemptColumns({ t, assignmentId, timeZone })}
        rows={data?.results}
        rowKey={({ id }) => id}
        sort={table}
        isPending={isPending}
        isRefetching={isPlaceholderData || (isFetching && error !== null)}
        error={error}
        errorTitle={t('attempts.failed')}
        onRetry={() => void refetch()}
        pagination={{ ...table, count: data?.count }}
        empty={
          table.hasFilters ? (
            <NothingFound
              title={t('attempts.noneTitle')}
              clearLabel={t('attempts.clear')}
              onClear={table.clear}
            >
              {t('attempts.none')}
            </NothingFound>
          ) : (
            <EmptyState icon={AcademicCapIcon} title={t('attempts.emptyTitle')}>
              {t('attempts.empty')}
            </EmptyState>
          )
        }
      />
    </>
  )
}
