import { BuildingLibraryIcon, PlusIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable } from '@/components/data-table/data-table'
import { NothingFound } from '@/components/data-table/nothing-found'
import { Toolbar } from '@/components/data-table/toolbar'
import { EmptyState } from '@/components/feedback/empty-state'
import { LinkButton } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { Select } from '@/components/ui/select'
import { paths } from '@/config/paths'
import { useUrlTableState } from '@/lib/use-url-table-state'
import { PLANS, schoolsQuery } from './queries'
import { schoolColumns } from './school-columns'

/** What the choice of a state asks the API. */
const STATES = {
  paying: { is_active: true, is_trial: false },
  trial: { is_trial: true },
  closed: { is_active: false },
} as const

const STATE_NAMES = ['paying', 'trial', 'closed'] as const

export function SchoolsPage() {
  const { t } = useTranslation('schools')
  const table = useUrlTableState({
    filters: { state: STATE_NAMES, plan: PLANS },
    orderings: ['name', 'created_at', 'trial_ends_on'],
  })
  const { state, ...query } = table.query
  const schools = useQuery(schoolsQuery({ ...query, ...(state && STATES[state]) }))
  const columns = useMemo(() => schoolColumns(t), [t])
  const add = (
    <LinkButton to={paths.newSchool}>
      <PlusIcon aria-hidden="true" className="size-5" />
      {t('add')}
    </LinkButton>
  )
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-3">
        <PageHeading title={t('title')} />
        {add}
      </div>
      <Toolbar table={table} searchLabel={t('search')}>
        <Select
          label={t('filter.state')}
          options={[
            { value: '', label: t('filter.allStates') },
            ...STATE_NAMES.map((value) => ({ value, label: t(`filter.${value}`) })),
          ]}
          value={table.filters.state ?? ''}
          onChange={(value) => table.setFilter('state', value)}
          className="sm:w-56"
        />
        <Select
          label={t('filter.plan')}
          options={[
            { value: '', label: t('filter.allPlans') },
            ...PLANS.map((value) => ({ value, label: t(`plan.${value}`) })),
          ]}
          value={table.filters.plan ?? ''}
          onChange={(value) => table.setFilter('plan', value)}
          className="sm:w-44"
        />
      </Toolbar>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={schools.data?.results}
        rowKey={({ id }) => id}
        isPending={schools.isPending}
        isRefetching={schools.isFetching}
        error={schools.error}
        errorTitle={t('failed')}
        onRetry={() => void schools.refetch()}
        sort={table}
        pagination={{ ...table, count: schools.data?.count }}
        empty={
          table.hasFilters ? (
            <NothingFound
              title={t('nothing.title')}
              clearLabel={t('nothing.clear')}
              onClear={table.clear}
            >
              {t('nothing.text')}
            </NothingFound>
          ) : (
            <EmptyState icon={BuildingLibraryIcon} title={t('empty.title')} action={add}>
              {t('empty.text')}
            </EmptyState>
          )
        }
      />
    </>
  )
}
