import { MagnifyingGlassIcon, UserGroupIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { DataTable } from '@/components/data-table/data-table'
import { Toolbar } from '@/components/data-table/toolbar'
import { EmptyState } from '@/components/feedback/empty-state'
import { Button } from '@/components/ui/button'
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
            <EmptyState
              icon={MagnifyingGlassIcon}
              title={t('nobody', { search: table.search })}
              action={
                <Button look="secondary" onClick={table.clear}>
                  {t('showAll')}
                </Button>
              }
            >
              {null}
            </EmptyState>
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
