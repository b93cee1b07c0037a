import { PencilSquareIcon, UsersIcon, XMarkIcon } from '@heroicons/react/24/outline'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable } from '@/components/data-table/data-table'
import { NothingFound } from '@/components/data-table/nothing-found'
import { Toolbar } from '@/components/data-table/toolbar'
import { EmptyState } from '@/components/feedback/empty-state'
import { endExtension } from '@/lib/api/operations'
import { showToast } from '@/lib/toasts'
import { useUrlTableState } from '@/lib/use-url-table-state'
import { extensionColumns } from './extension-columns'
import { type Extension, extensionsQuery, refreshExtensions } from './queries'

const ConfirmDialog = lazy(async () => ({
  default: (await import('@/components/ui/confirm-dialog')).ConfirmDialog,
}))

interface ExtensionsTableProps {
  assignmentId: string
  timeZone: string | undefined
  onChange: (extension: Extension) => void
}

/** The people with more, and the ways to change and to end it. */
export function ExtensionsTable({ assignmentId, timeZone, onChange }: ExtensionsTableProps) {
  const { t } = useTranslation('quiz-extensions')
  const client = useQueryClient()
  const [ending, setEnding] = useState<Extension | null>(null)
  const table = useUrlTableState({ filters: {}, orderings: [] })
  const { data, error, isPending, isFetching, isPlaceholderData, refetch } = useQuery(
    extensionsQuery(assignmentId, table.query),
  )
  const end = useMutation({
    mutationFn: ({ teacher }: Extension) =>
      endExtension({ path: { assignment_id: assignmentId, user_id: teacher.id } }),
    onSuccess: async (_, { teacher: { name } }) => {
      setEnding(null)
      showToast(t('ended', { name }))
      await refreshExtensions(client, assignmentId)
    },
  })
  return (
    <>
      <Toolbar table={table} searchLabel={t('list.search')} />
      <DataTable
        label={t('list.label')}
        columns={extensionColumns(t, timeZone)}
        rows={data?.results}
        rowKey={({ teacher }) => teacher.id}
        rowLabel={({ teacher }) => teacher.name}
        isPending={isPending}
        isRefetching={isPlaceholderData || (isFetching && error !== null)}
        error={error}
        errorTitle={t('list.failed')}
        onRetry={() => void refetch()}
        pagination={{ ...table, count: data?.count }}
        rowActions={(extension) => [
          {
            id: 'change',
            label: t('list.change'),
            icon: PencilSquareIcon,
            onAction: () => onChange(extension),
          },
          {
            id: 'end',
            label: t('list.end'),
            icon: XMarkIcon,
            tone: 'danger',
            onAction: () => {
              end.reset()
              setEnding(extension)
            },
          },
        ]}
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
            <EmptyState icon={UsersIcon} title={t('list.emptyTitle')}>
              {t('list.empty')}
            </EmptyState>
          )
        }
      />
      {ending && (
        <Suspense>
          <ConfirmDialog
            title={t('end.title', { name: ending.teacher.name })}
            body={t('end.body')}
            confirmLabel={t('end.confirm')}
            tone="danger"
            pending={end.isPending}
            error={end.error}
            onConfirm={() => end.mutate(ending)}
            onClose={() => setEnding(null)}
          />
        </Suspense>
      )}
    </>
  )
}
