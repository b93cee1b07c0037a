import { UserGroupIcon, UserMinusIcon, UserPlusIcon } from '@heroicons/react/24/outline'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BulkBar } from '@/components/data-table/bulk-bar'
import { DataTable } from '@/components/data-table/data-table'
import { NothingFound } from '@/components/data-table/nothing-found'
import { Toolbar } from '@/components/data-table/toolbar'
import { EmptyState } from '@/components/feedback/empty-state'
import { fullName } from '@/components/person-name'
import { Button } from '@/components/ui/button'
import { describeError } from '@/lib/api/describe-error'
import { removeGroupMember } from '@/lib/api/operations'
import { useUrlTableState } from '@/lib/use-url-table-state'
import { memberColumns } from './member-columns'
import { type Group, type Member, membersQuery, refreshGroups } from './queries'

// What is asked seldom is loaded when it is asked.
const BulkRunDialog = lazy(async () => ({
  default: (await import('@/components/bulk-run-dialog')).BulkRunDialog<Member>,
}))
const AddMembersDialog = lazy(async () => ({
  default: (await import('./add-members-dialog')).AddMembersDialog,
}))

/** Who is in the group; people come and go here. */
export function GroupMembers({ group }: { group: Group }) {
  const { t } = useTranslation('groups')
  const { t: tCommon } = useTranslation()
  const queries = useQueryClient()
  const table = useUrlTableState({ orderings: ['name'] })
  const members = useQuery(membersQuery(group.id, table.query))
  const [chosen, setChosen] = useState<ReadonlyMap<string, Member>>(new Map())
  const [leaving, setLeaving] = useState<readonly Member[] | null>(null)
  const [isAdding, setAdding] = useState(false)

  const choose = (ids: ReadonlySet<string>) => {
    // People of other pages stay chosen; their names are known from when they were seen.
    const seen = [...chosen.values(), ...(members.data?.results ?? [])]
    setChosen(new Map(seen.flatMap((person) => (ids.has(person.id) ? [[person.id, person]] : []))))
  }
  const add = (
    <Button onClick={() => setAdding(true)}>
      <UserPlusIcon aria-hidden="true" className="size-5" />
      {t('members.add')}
    </Button>
  )
  const [first] = leaving ?? []
  return (
    <section aria-labelledby="members">
      <h2 id="members" className="mb-3 text-xl font-bold">
        {t('members.title')}
      </h2>
      <Toolbar table={table} searchLabel={t('members.search')} actions={add} />
      <DataTable
        label={t('members.title')}
        columns={memberColumns(t)}
        rows={members.data?.results}
        rowKey={({ id }) => id}
        rowLabel={fullName}
        isPending={members.isPending}
        isRefetching={members.isPlaceholderData}
        error={members.error}
        errorTitle={t('members.failed')}
        onRetry={() => void members.refetch()}
        sort={table}
        selection={{ selected: new Set(chosen.keys()), onChange: choose }}
        rowActions={(person) => [
          {
            id: 'remove',
            label: t('members.remove'),
            icon: UserMinusIcon,
            tone: 'danger',
            onAction: () => setLeaving([person]),
          },
        ]}
        pagination={{ ...table, count: members.data?.count }}
        empty={
          table.hasFilters ? (
            <NothingFound
              title={t('members.nothing.title')}
              clearLabel={t('members.nothing.clear')}
              onClear={table.clear}
            >
              {t('members.nothing.text')}
            </NothingFound>
          ) : (
            <EmptyState icon={UserGroupIcon} title={t('members.empty.title')} action={add}>
              {t('members.empty.text')}
            </EmptyState>
          )
        }
      />
      <BulkBar count={chosen.size} onClear={() => setChosen(new Map())}>
        <Button look="secondary" onClick={() => setLeaving([...chosen.values()])}>
          <UserMinusIcon aria-hidden="true" className="size-5" />
          {t('members.remove')}
        </Button>
      </BulkBar>
      <Suspense>
        {isAdding && <AddMembersDialog group={group} onClose={() => setAdding(false)} />}
        {leaving && first && (
          <BulkRunDialog
            title={t('removeDialog.title', { count: leaving.length, name: fullName(first) })}
            body={t('removeDialog.text')}
            confirmLabel={t('removeDialog.confirm')}
            items={leaving}
            nameOf={fullName}
            run={async ({ id }) => {
              await removeGroupMember({ path: { group_id: group.id, teacher_id: id } })
            }}
            explain={(error) => describeError(error, tCommon)}
            doneText={(count) => t('removeDialog.done', { count })}
            onDone={() => {
              setChosen(new Map())
              void refreshGroups(queries)
            }}
            onClose={() => setLeaving(null)}
          />
        )}
      </Suspense>
    </section>
  )
}
