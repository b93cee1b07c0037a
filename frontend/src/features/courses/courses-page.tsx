import { BookOpenIcon, PlusIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NothingFound } from '@/components/data-table/nothing-found'
import { Toolbar } from '@/components/data-table/toolbar'
import { EmptyState } from '@/components/feedback/empty-state'
import { Button } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { Select } from '@/components/ui/select'
import { Bone } from '@/components/ui/skeleton'
import { useUrlTableState } from '@/lib/use-url-table-state'
import { CourseCards } from './course-cards'
import { LookSwitch, useLook } from './look-switch'
import { NewCourseDialog } from './lazy-dialogs'
import { coursesQuery } from './queries'
import { useCourseActions } from './use-course-actions'

// Pictures are what the list begins with.
const CourseTable = lazy(async () => ({ default: (await import('./course-table')).CourseTable }))

const SHOWN = ['published', 'draft', 'deleted'] as const
const PAGE_SIZE = 20

export function CoursesPage() {
  const { t } = useTranslation('courses')
  const [isCreating, setCreating] = useState(false)
  const create = () => setCreating(true)
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-3">
        <PageHeading title={t('title')} />
        <Button onClick={create}>
          <PlusIcon aria-hidden="true" className="size-5" />
          {t('list.new')}
        </Button>
      </div>
      <CourseList onCreate={create} />
      <Suspense>{isCreating && <NewCourseDialog onClose={() => setCreating(false)} />}</Suspense>
    </>
  )
}

function CourseList({ onCreate }: { onCreate: () => void }) {
  const { t } = useTranslation('courses')
  const [look, setLook] = useLook()
  const table = useUrlTableState({
    filters: { show: SHOWN, is_mandatory: 'boolean' },
    orderings: [],
    pageSize: PAGE_SIZE,
  })
  const { show, ...query } = table.query
  const { data, error, isPending, isFetching, isPlaceholderData, refetch } = useQuery(
    coursesQuery({
      ...query,
      ...((show === 'published' || show === 'draft') && { is_published: show === 'published' }),
      ...(show === 'deleted' && { is_deleted: true }),
    }),
  )
  const { actionsOf, failure, dialogs } = useCourseActions()
  const isDeleted = show === 'deleted'
  const isBlank = !table.hasFilters
  const list = {
    label: t('list.label'),
    rows: data?.results,
    isPending,
    isRefetching: isPlaceholderData || (isFetching && error !== null),
    error,
    errorTitle: t('list.failed'),
    onRetry: () => void refetch(),
    rowActions: actionsOf,
    pagination: { ...table, count: data?.count },
    empty: isBlank ? (
      <EmptyState
        icon={BookOpenIcon}
        title={t('list.empty.title')}
        action={<Button onClick={onCreate}>{t('list.new')}</Button>}
      >
        {t('list.empty.text')}
      </EmptyState>
    ) : (
      <NothingFound
        title={isDeleted ? t('list.empty.deletedTitle') : t('list.empty.filteredTitle')}
        clearLabel={t('list.empty.clear')}
        onClear={table.clear}
      >
        {isDeleted ? t('list.empty.deletedText') : t('list.empty.filteredText')}
      </NothingFound>
    ),
  }
  return (
    <>
      <Toolbar
        table={table}
        searchLabel={t('list.search')}
        actions={<LookSwitch look={look} onChange={setLook} />}
      >
        <Select
          label={t('list.show.label')}
          value={table.filters.show ?? ''}
          onChange={(value) => table.setFilter('show', value)}
          options={[
            { value: '', label: t('list.show.all') },
            ...SHOWN.map((value) => ({ value, label: t(`list.show.${value}`) })),
          ]}
        />
        <Select
          label={t('list.required.label')}
          value={table.filters.is_mandatory ?? ''}
          onChange={(value) => table.setFilter('is_mandatory', value)}
          options={[
            { value: '', label: t('list.required.any') },
            { value: 'true', label: t('list.required.true') },
            { value: 'false', label: t('list.required.false') },
          ]}
        />
      </Toolbar>
      {failure}
      {look === 'cards' ? (
        <CourseCards {...list} />
      ) : (
        <Suspense fallback={<Bone className="h-96 animate-appear-late" />}>
          <CourseTable {...list} isDeleted={isDeleted} />
        </Suspense>
      )}
      {dialogs}
    </>
  )
}
