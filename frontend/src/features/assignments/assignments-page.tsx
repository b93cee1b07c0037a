import { ClipboardDocumentCheckIcon, PlusIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable } from '@/components/data-table/data-table'
import { NothingFound } from '@/components/data-table/nothing-found'
import { Toolbar } from '@/components/data-table/toolbar'
import { EmptyState } from '@/components/feedback/empty-state'
import { Button } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { Select } from '@/components/ui/select'
import { Bone } from '@/components/ui/skeleton'
import { useUrlTableState } from '@/lib/use-url-table-state'
import { assignmentColumns } from './assignment-columns'
import { assignmentsQuery, KINDS } from './queries'

const CoursePicker = lazy(async () => ({
  default: (await import('@/components/pickers/course-picker')).CoursePicker,
}))
const NewAssignmentDialog = lazy(async () => ({
  default: (await import('./new-assignment-dialog')).NewAssignmentDialog,
}))

export function AssignmentsPage() {
  const { t } = useTranslation('assignments')
  const [isCreating, setCreating] = useState(false)
  const table = useUrlTableState({
    filters: { course: 'text', kind: KINDS, is_published: 'boolean' },
    orderings: [],
  })
  const { data, error, isPending, isFetching, isPlaceholderData, refetch } = useQuery(
    assignmentsQuery(table.query),
  )
  const create = (
    <Button onClick={() => setCreating(true)}>
      <PlusIcon aria-hidden="true" className="size-5" />
      {t('list.new')}
    </Button>
  )
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-3">
        <PageHeading title={t('title')} />
        {create}
      </div>
      <Toolbar table={table} searchLabel={t('list.search')}>
        <Suspense fallback={<Bone className="h-18 sm:w-64" />}>
          <CoursePicker
            label={t('list.course')}
            value={table.filters.course ?? null}
            onChange={(course) => table.setFilter('course', course ?? undefined)}
            className="sm:w-64"
          />
        </Suspense>
        <Select
          label={t('list.kind')}
          value={table.filters.kind ?? ''}
          onChange={(kind) => table.setFilter('kind', kind)}
          options={[
            { value: '', label: t('list.allKinds') },
            ...KINDS.map((value) => ({ value, label: t(`kind.${value}`) })),
          ]}
        />
        <Select
          label={t('list.state')}
          value={table.filters.is_published ?? ''}
          onChange={(value) => table.setFilter('is_published', value)}
          options={[
            { value: '', label: t('list.allStates') },
            { value: 'true', label: t('list.published') },
            { value: 'false', label: t('list.draft') },
          ]}
        />
      </Toolbar>
      <DataTable
        label={t('list.label')}
        columns={assignmentColumns(t)}
        rows={data?.results}
        rowKey={({ id }) => id}
        isPending={isPending}
        isRefetching={isPlaceholderData || (isFetching && error !== null)}
        error={error}
        errorTitle={t('list.failed')}
        onRetry={() => void refetch()}
        pagination={{ ...table, count: data?.count }}
        empty={
          table.hasFilters ? (
            <NothingFound
              title={t('list.noneTitle')}
              clearLabel={t('list.clear')}
              onClear={table.clear}
            >
              {t('list.none')}
            </NothingFound>
          ) : (
            <EmptyState
              icon={ClipboardDocumentCheckIcon}
              title={t('list.emptyTitle')}
              action={create}
            >
              {t('list.empty')}
            </EmptyState>
          )
        }
      />
      {isCreating && (
        <Suspense>
          <NewAssignmentDialog
            courseId={table.filters.course ?? null}
            onClose={() => setCreating(false)}
          />
        </Suspense>
      )}
    </>
  )
}
