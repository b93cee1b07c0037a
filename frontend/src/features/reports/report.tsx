import { BellAlertIcon, ChartBarSquareIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Column } from '@/components/data-table/column'
import { BulkBar } from '@/components/data-table/bulk-bar'
import { DataTable } from '@/components/data-table/data-table'
import { NothingFound } from '@/components/data-table/nothing-found'
import { Toolbar } from '@/components/data-table/toolbar'
import { ExportButton } from '@/components/export-button'
import { EmptyState } from '@/components/feedback/empty-state'
import { Button, LinkButton } from '@/components/ui/button'
import { paths } from '@/config/paths'
import { rowsQuery, type Source } from './queries'
import { RemindAll } from './remind-all'
import { reminderLink, type Wanted } from './reminder-link'
import { ReportFilters } from './report-filters'
import { Shares } from './shares'
import type { Status } from './status'
import { useReportTable } from './use-report-table'

export interface ReportProps<Row> {
  source: Source<Row>
  statuses: readonly Status[]
  /** Who can still be reminded. */
  unfinished: readonly Status[]
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  rowLabel: (row: Row) => string
  statusOf: (row: Row) => Status
  /** What these people would be reminded of. */
  wanted: (rows: readonly Row[]) => Wanted
}

/** A report: what of it, how many stand where, who they are, and the ways on: a file, a reminder. */
export function Report<Row>({
  source,
  statuses,
  unfinished,
  columns,
  rowKey,
  rowLabel,
  statusOf,
  wanted,
}: ReportProps<Row>) {
  const { t } = useTranslation('reports')
  const navigate = useNavigate()
  const table = useReportTable(statuses)
  const rows = useQuery(
    rowsQuery(source, { ...table.narrow, page: table.page, page_size: table.pageSize }),
  )
  // The rows themselves, since those of other pages are no longer at hand when the button is pressed.
  const [chosen, setChosen] = useState<ReadonlyMap<string, Row>>(new Map())

  const choose = (keys: ReadonlySet<string>) => {
    const here = new Map((rows.data?.results ?? []).map((row) => [rowKey(row), row]))
    const next = [...keys].flatMap((key): [string, Row][] => {
      const row = here.get(key) ?? chosen.get(key)
      return row === undefined ? [] : [[key, row]]
    })
    setChosen(new Map(next))
  }
  const remind = (some: readonly Row[]) => {
    const { to, state } = reminderLink(wanted(some))
    void navigate(to, { state })
  }
  const isUnfinished = (row: Row) => unfinished.includes(statusOf(row))
  return (
    <>
      <Toolbar
        table={table}
        actions={
          <ExportButton
            formats={['csv', 'pdf']}
            fileName={source.id}
            request={(format, options) =>
              source.operation({ query: { ...table.narrow, format }, ...options })
            }
          />
        }
      >
        <ReportFilters report={source.id} table={table} statuses={statuses} />
      </Toolbar>
      <Shares
        source={source}
        statuses={statuses}
        filters={table.narrow}
        renderActions={(shares) => (
          <RemindAll
            source={source}
            filters={table.narrow}
            count={shares
              .filter(({ status }) => unfinished.includes(status))
              .filter(({ status }) => !table.filters.status || table.filters.status === status)
              .reduce((sum, { count }) => sum + count, 0)}
            isUnfinished={isUnfinished}
            wanted={wanted}
          />
        )}
      />
      <div className="mt-5">
        <DataTable
          label={t(`${source.id}.title`)}
          columns={columns}
          rows={rows.data?.results}
          rowKey={rowKey}
          rowLabel={rowLabel}
          isPending={rows.isPending}
          isRefetching={rows.isPlaceholderData}
          error={rows.error}
          onRetry={() => void rows.refetch()}
          selection={{
            selected: new Set(chosen.keys()),
            onChange: choose,
            isSelectable: isUnfinished,
          }}
          pagination={{ ...table, count: rows.data?.count }}
          empty={
            table.hasFilters ? (
              <NothingFound
                title={t('empty.filtered')}
                clearLabel={t('empty.clear')}
                onClear={table.clear}
              >
                {t('empty.filteredText')}
              </NothingFound>
            ) : (
              <EmptyState
                icon={ChartBarSquareIcon}
                title={t('empty.title')}
                action={<LinkButton to={paths.courses}>{t('empty.action')}</LinkButton>}
              >
                {t(`${source.id}.empty`)}
              </EmptyState>
            )
          }
        />
      </div>
      <BulkBar count={chosen.size} onClear={() => setChosen(new Map())}>
        <Button onClick={() => remind([...chosen.values()])}>
          <BellAlertIcon aria-hidden="true" className="size-5" />
          {t('remind', { count: chosen.size })}
        </Button>
      </BulkBar>
    </>
  )
}
