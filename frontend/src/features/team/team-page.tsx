import { UserGroupIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { DataTable } from '@/components/data-table/data-table'
import { NothingFound } from '@/components/data-table/nothing-found'
import { Toolbar } from '@/components/data-table/toolbar'
import { EmptyState } from '@/components/feedback/empty-state'
import { PageHeading } from '@/components/ui/page-heading'
import { useSessionStore } from '@/lib/auth/session-store'
import { useUrlTableState } from '@/lib/use-url-table-state'
import { MemberDialog } from './member-dialog'
import { teamQuery } from './queries'
import { useTeamColumns } from './team-columns'

/** For heads of department and IB coordinators: how the people they look after get on. They only look. */
export function TeamPage() {
  const { t } = useTranslation('team')
  const isCoordinator = useSessionStore(({ user }) => user?.role === 'IB_COORDINATOR')
  const table = useUrlTableState()
  const columns = useTeamColumns()
  const [params, setParams] = useSearchParams()
  const { data, error, refetch, isPending, isPlaceholderData } = useQuery(teamQuery(table.query))
  const shown = data?.results.find(({ id }) => id === params.get('person'))

  const hide = () =>
    setParams((old) => {
      const next = new URLSearchParams(old)
      next.delete('person')
      return next
    })
  return (
    <>
      <PageHeading title={t('title')} />
      <p className="mt-1 mb-5 text-ink-soft">
        {isCoordinator ? t('whoCoordinator') : t('whoHead')}
      </p>
      <Toolbar table={table} searchLabel={t('search')} />
      <DataTable
        label={t('title')}
        columns={columns}
        rows={data?.results}
        rowKey={({ id }) => id}
        isPending={isPending}
        isRefetching={isPlaceholderData}
        error={error}
        errorTitle={t('failed')}
        onRetry={() => void refetch()}
        pagination={{ ...table, count: data?.count }}
        empty={
          table.hasFilters ? (
            <NothingFound
              title={t('nobody', { search: table.search })}
              clearLabel={t('showAll')}
              onClear={table.clear}
            >
              {null}
            </NothingFound>
          ) : (
            <EmptyState icon={UserGroupIcon} title={t('empty.title')}>
              {isCoordinator ? t('empty.coordinator') : t('empty.head')}
            </EmptyState>
          )
        }
      />
      {shown && <MemberDialog member={shown} onClose={hide} />}
    </>
  )
}
