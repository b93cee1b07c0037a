import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/feedback/error-state'
import { Notice } from '@/components/feedback/notice'
import { describeError } from '@/lib/api/describe-error'
import { useIsNarrow } from '@/lib/use-media-query'
import type { MenuAction } from '../ui/menu'
import { Bone, Skeleton } from '../ui/skeleton'
import { TextButton } from '../ui/text-link'
import { CardsView } from './cards-view'
import type { Column, Sort } from './column'
import { type Selection, useRowSelection } from './selection'
import { type TablePage, TablePagination } from './table-pagination'
import { TableView } from './table-view'

interface DataTableProps<Row> {
  /** What the list is of: spoken name of the table, and said while it loads. */
  label: string
  columns: readonly Column<Row>[]
  /** Undefined before the first answer. */
  rows: readonly Row[] | undefined
  rowKey: (row: Row) => string
  /** What a row is called: "Actions for Maths 101". Give it with `selection` or `rowActions`. */
  rowLabel?: (row: Row) => string
  isPending: boolean
  /** Newer rows, or those of another page, are on their way; the old ones stay, paler. */
  isRefetching?: boolean
  error?: unknown
  onRetry?: () => void
  /** What could not be loaded, in place of "This list could not be loaded". */
  errorTitle?: string
  /** Stands there when no row does: an EmptyState; one without rows through filters is another one. */
  empty: ReactNode
  /** What `useUrlTableState` returned. */
  sort?: Sort
  selection?: Selection<Row>
  rowActions?: (row: Row) => readonly MenuAction[]
  /** `{ ...table, count: data.count }`; nothing is shown while the count is undefined. */
  pagination?: Omit<TablePage, 'count'> & { count: number | undefined }
}

const EMPTY: never[] = []

/** A list of the server: a table where there is room, cards on a phone. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  rowLabel,
  isPending,
  isRefetching = false,
  error,
  onRetry,
  errorTitle,
  empty,
  sort,
  selection,
  rowActions,
  pagination,
}: DataTableProps<Row>) {
  const { t } = useTranslation('frame')
  const isNarrow = useIsNarrow()
  const rowSelection = useRowSelection(rows ?? EMPTY, rowKey, selection)
  const retry = onRetry ?? (() => undefined)

  if (!rows) {
    if (error != null) {
      return (
        <ErrorState
          title={errorTitle ?? t('table.failed')}
          error={error}
          onRetry={retry}
          retrying={isRefetching}
        />
      )
    }
    return isPending ? <TableSkeleton label={label} columns={columns.length} /> : null
  }

  const View = isNarrow ? CardsView : TableView
  return (
    <div aria-busy={isRefetching || undefined}>
      {error != null && <StaleNotice error={error} onRetry={retry} />}
      <div className={clsx('transition-opacity', isRefetching && 'opacity-60')}>
        {rows.length === 0 ? (
          empty
        ) : (
          <View
            label={label}
            columns={columns}
            rows={rows}
            rowKey={rowKey}
            nameOf={rowLabel ?? (() => t('table.thisRow'))}
            sort={sort}
            selection={rowSelection}
            rowActions={rowActions}
          />
        )}
      </div>
      {pagination?.count !== undefined && (
        <TablePagination {...pagination} count={pagination.count} />
      )}
    </div>
  )
}

/** The rows are there, but a newer answer failed to come. */
function StaleNotice({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('frame')
  const { t: tCommon } = useTranslation()
  return (
    <Notice tone="danger" role="alert" className="mb-4">
      <strong>{t('table.notFresh')}</strong> {describeError(error, tCommon)}{' '}
      <TextButton onClick={onRetry}>{tCommon('action.retry')}</TextButton>
    </Notice>
  )
}

function TableSkeleton({ label, columns }: { label: string; columns: number }) {
  const { t } = useTranslation('frame')
  return (
    <Skeleton label={t('table.loading', { label })}>
      <div className="divide-y divide-line overflow-hidden rounded-card border border-line bg-surface">
        <div className="h-12 bg-page" />
        {Array.from({ length: 6 }, (_, row) => (
          <div key={row} className="flex gap-6 px-4 py-4">
            {Array.from({ length: columns }, (_cell, column) => (
              <Bone
                key={column}
                className={clsx('h-5', column === 0 ? 'flex-2' : 'flex-1 max-sm:hidden')}
              />
            ))}
          </div>
        ))}
      </div>
    </Skeleton>
  )
}
