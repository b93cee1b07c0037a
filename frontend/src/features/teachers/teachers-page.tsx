import { ArrowUpTrayIcon, UserPlusIcon, UsersIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NothingFound } from '@/components/data-table/nothing-found'
import { DataTable } from '@/components/data-table/data-table'
import { EmptyState } from '@/components/feedback/empty-state'
import { fullName } from '@/components/person-name'
import { Button, LinkButton } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { paths } from '@/config/paths'
import { useUrlTableState } from '@/lib/use-url-table-state'
import { ASKED, STATUSES } from './person-status'
import { groupNamesQuery, ROLES, type Teacher, teachersQuery } from './queries'
import { TeacherBulkBar } from './teacher-bulk-bar'
import { teacherColumns } from './teacher-columns'
import { TeacherFilters } from './teacher-filters'
import { useTeacherActions } from './use-teacher-actions'

// Its form is large, and most visits do not need it.
const InviteDialog = lazy(async () => ({
  default: (await import('./invite-dialog')).InviteDialog,
}))

export function TeachersPage() {
  const { t } = useTranslation('teachers')
  const [isInviting, setInviting] = useState(false)
  const invite = (
    <Button onClick={() => setInviting(true)}>
      <UserPlusIcon aria-hidden="true" className="size-5" />
      {t('invite')}
    </Button>
  )
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-3">
        <PageHeading title={t('title')} />
        <div className="flex flex-wrap gap-3">
          <LinkButton look="secondary" to={paths.teacherImport}>
            <ArrowUpTrayIcon aria-hidden="true" className="size-5" />
            {t('importFile')}
          </LinkButton>
          {invite}
        </div>
      </div>
      <TeacherList invite={invite} />
      {isInviting && (
        <Suspense>
          <InviteDialog onClose={() => setInviting(false)} />
        </Suspense>
      )}
    </>
  )
}

function TeacherList({ invite }: { invite: React.ReactNode }) {
  const { t } = useTranslation('teachers')
  const table = useUrlTableState({
    filters: { role: ROLES, department: 'text', group: 'text', status: STATUSES },
    orderings: ['name', 'created_at'],
  })
  const { status, ...query } = table.query
  const people = useQuery(teachersQuery({ ...query, ...(status && ASKED[status]) }))
  const groups = useQuery(groupNamesQuery)
  const groupNames = useMemo(
    () => new Map(groups.data?.map(({ id, name }) => [id, name])),
    [groups.data],
  )
  const columns = useMemo(() => teacherColumns(t, groupNames), [t, groupNames])
  const [chosen, setChosen] = useState<ReadonlyMap<string, Teacher>>(new Map())
  const { actionsOf, failure, dialogs } = useTeacherActions()

  const choose = (ids: ReadonlySet<string>) => {
    // People of other pages stay chosen; their names are known from when they were seen.
    const seen = [...chosen.values(), ...(people.data?.results ?? [])]
    setChosen(new Map(seen.flatMap((person) => (ids.has(person.id) ? [[person.id, person]] : []))))
  }
  return (
    <>
      <TeacherFilters table={table} groups={groups.data ?? []} />
      {failure}
      <DataTable
        label={t('title')}
        columns={columns}
        rows={people.data?.results}
        rowKey={({ id }) => id}
        rowLabel={fullName}
        isPending={people.isPending}
        isRefetching={people.isPlaceholderData}
        error={people.error}
        errorTitle={t('failed')}
        onRetry={() => void people.refetch()}
        sort={table}
        selection={{ selected: new Set(chosen.keys()), onChange: choose }}
        rowActions={actionsOf}
        pagination={{ ...table, count: people.data?.count }}
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
            <EmptyState icon={UsersIcon} title={t('empty.title')} action={invite}>
              {t('empty.text')}
            </EmptyState>
          )
        }
      />
      <TeacherBulkBar people={[...chosen.values()]} onClear={() => setChosen(new Map())} />
      {dialogs}
    </>
  )
}
