import {
  ArrowRightCircleIcon,
  PencilSquareIcon,
  PlusIcon,
  TrashIcon,
  UserGroupIcon,
} from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { DataTable } from '@/components/data-table/data-table'
import { NothingFound } from '@/components/data-table/nothing-found'
import { Toolbar } from '@/components/data-table/toolbar'
import { EmptyState } from '@/components/feedback/empty-state'
import { Button } from '@/components/ui/button'
import type { MenuAction } from '@/components/ui/menu'
import { PageHeading } from '@/components/ui/page-heading'
import { Select } from '@/components/ui/select'
import { paths } from '@/config/paths'
import { useUrlTableState } from '@/lib/use-url-table-state'
import { groupColumns } from './group-columns'
import { type Group, groupsQuery, KINDS } from './queries'

// Forms come with a library that the list does not need.
const GroupDialog = lazy(async () => ({ default: (await import('./group-dialog')).GroupDialog }))
const DeleteGroupDialog = lazy(async () => ({
  default: (await import('./delete-group-dialog')).DeleteGroupDialog,
}))

type Asked = { about: 'new' } | { about: 'edit' | 'delete'; group: Group }

export function GroupsPage() {
  const { t } = useTranslation('groups')
  const navigate = useNavigate()
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  const table = useUrlTableState({ filters: { kind: KINDS }, orderings: [] })
  const { ordering: _ordering, ...query } = table.query
  const groups = useQuery(groupsQuery(query))

  const add = (
    <Button onClick={() => setAsked({ about: 'new' })}>
      <PlusIcon aria-hidden="true" className="size-5" />
      {t('new')}
    </Button>
  )
  const actionsOf = (group: Group): MenuAction[] => [
    {
      id: 'open',
      label: t('action.open'),
      icon: ArrowRightCircleIcon,
      onAction: () => void navigate(paths.group(group.id)),
    },
    {
      id: 'edit',
      label: t('action.edit'),
      icon: PencilSquareIcon,
      onAction: () => setAsked({ about: 'edit', group }),
    },
    {
      id: 'delete',
      label: t('action.delete'),
      icon: TrashIcon,
      tone: 'danger',
      onAction: () => setAsked({ about: 'delete', group }),
    },
  ]
  return (
    <>
      <div className="mb-6 flex flex-wrap items-start justify-between gap-3">
        <div>
          <PageHeading title={t('title')} />
          <p className="mt-1 max-w-prose text-ink-soft">{t('intro')}</p>
        </div>
        {add}
      </div>
      <Toolbar table={table} searchLabel={t('search')}>
        <Select
          label={t('filter.kind')}
          value={table.filters.kind ?? ''}
          onChange={(value) => table.setFilter('kind', value)}
          options={[
            { value: '', label: t('filter.all') },
            ...KINDS.map((value) => ({ value, label: t(`kind.${value}`) })),
          ]}
          className="sm:w-52"
        />
      </Toolbar>
      <DataTable
        label={t('title')}
        columns={groupColumns(t)}
        rows={groups.data?.results}
        rowKey={({ id }) => id}
        rowLabel={({ name }) => name}
        isPending={groups.isPending}
        isRefetching={groups.isPlaceholderData}
        error={groups.error}
        errorTitle={t('failed')}
        onRetry={() => void groups.refetch()}
        rowActions={actionsOf}
        pagination={{ ...table, count: groups.data?.count }}
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
            <EmptyState icon={UserGroupIcon} title={t('empty.title')} action={add}>
              {t('empty.text')}
            </EmptyState>
          )
        }
      />
      <Suspense>
        {asked?.about === 'new' && <GroupDialog onClose={close} />}
        {asked?.about === 'edit' && <GroupDialog group={asked.group} onClose={close} />}
        {asked?.about === 'delete' && <DeleteGroupDialog group={asked.group} onClose={close} />}
      </Suspense>
    </>
  )
}
