import { InboxIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable } from '@/components/data-table/data-table'
import { NothingFound } from '@/components/data-table/nothing-found'
import { Toolbar } from '@/components/data-table/toolbar'
import { EmptyState } from '@/components/feedback/empty-state'
import { Select } from '@/components/ui/select'
import { useUrlTableState } from '@/lib/use-url-table-state'
import { type Assignment, type Submission, submissionsQuery, timeZoneQuery } from './queries'
import { submissionColumns } from './submission-columns'

const GradingDialog = lazy(async () => ({
  default: (await import('./grading-dialog')).GradingDialog,
}))

const STATES = ['SUBMITTED', 'GRADED'] as const

/** What was handed in, the longest waiting first, and the way to grade it. */
export function SubmissionsTable({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation('assignments')
  const [open, setOpen] = useState<Submission | null>(null)
  const table = useUrlTableState({
    filters: { status: STATES, is_late: 'boolean' },
    orderings: [],
  })
  const { data, error, isPending, isFetching, isPlaceholderData, refetch } = useQuery(
    submissionsQuery(assignment.id, table.query),
  )
  const { data: timeZone } = useQuery(timeZoneQuery)
  return (
    <>
      <Toolbar table={table}>
        <Select
          label={t('submissions.show')}
          value={table.filters.status ?? ''}
          onChange={(value) => table.setFilter('status', value)}
          options={[
            { value: '', label: t('submissions.all') },
            { value: 'SUBMITTED', label: t('submissions.toGrade') },
            { value: 'GRADED', label: t('submissions.graded') },
          ]}
        />
        <Select
          label={t('submissions.when')}
          value={table.filters.is_late ?? ''}
          onChange={(value) => table.setFilter('is_late', value)}
          options={[
            { value: '', label: t('submissions.anyTime') },
            { value: 'true', label: t('submissions.onlyLate') },
            { value: 'false', label: t('submissions.inTime') },
          ]}
        />
      </Toolbar>
      <DataTable
        label={t('submissions.label')}
        columns={submissionColumns({ t, assignment, timeZone, onOpen: setOpen })}
        rows={data?.results}
        rowKey={({ id }) => id}
        isPending={isPending}
        isRefetching={isPlaceholderData || (isFetching && error !== null)}
        error={error}
        errorTitle={t('submissions.failed')}
        onRetry={() => void refetch()}
        pagination={{ ...table, count: data?.count }}
        empty={
          table.hasFilters ? (
            <NothingFound
              title={t('submissions.noneTitle')}
              clearLabel={t('submissions.clear')}
              onClear={table.clear}
            >
              {t('submissions.none')}
            </NothingFound>
          ) : (
            <EmptyState icon={InboxIcon} title={t('submissions.emptyTitle')}>
              {t('submissions.empty')}
            </EmptyState>
          )
        }
      />
      {open && (
        <Suspense>
          <GradingDialog
            key={open.id}
            assignment={assignment}
            submission={open}
            timeZone={timeZone}
            next={nextToGrade(data?.results ?? [], open)}
            onNext={setOpen}
            onClose={() => setOpen(null)}
          />
        </Suspense>
      )}
    </>
  )
}

/** The next that waits, from the one that is open on, and from the top again. */
function nextToGrade(rows: readonly Submission[], open: Submission): Submission | undefined {
  const at = rows.findIndex(({ id }) => id === open.id)
  return [...rows.slice(at + 1), ...rows.slice(0, Math.max(0, at))].find(
    ({ status }) => status === 'SUBMITTED',
  )
}
