import { ClipboardDocumentListIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '@/components/data-table/column'
import { DataTable } from '@/components/data-table/data-table'
import { NothingFound } from '@/components/data-table/nothing-found'
import { Toolbar } from '@/components/data-table/toolbar'
import { EmptyState } from '@/components/feedback/empty-state'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { DateField } from '@/components/ui/date-field'
import { Select } from '@/components/ui/select'
import { describeAction } from '@/lib/describe-action'
import { formatMoment, formatRelative } from '@/lib/format'
import { useUrlTableState } from '@/lib/use-url-table-state'
import { EntryDialog } from './entry-dialog'
import { type AuditEntry, auditQuery } from './queries'

interface AuditListProps {
  scope: 'school' | 'platform'
  /** Of the school; without it the reader's own. */
  timeZone?: string | undefined
  /** What entries can be about in this log. */
  objects: readonly ObjectType[]
}

export type ObjectType =
  | 'course'
  | 'module'
  | 'content'
  | 'assignment'
  | 'submission'
  | 'user'
  | 'group'
  | 'reminder'
  | 'announcement'
  | 'domain'
  | 'school'
  | 'impersonation'
  | 'video'

/** Who did what, and when; each entry opens to what it changed. */
export function AuditList({ scope, timeZone, objects }: AuditListProps) {
  const { t } = useTranslation('audit')
  const table = useUrlTableState({ filters: ['object_type', 'first_day', 'last_day'] })
  const entries = useQuery(auditQuery(scope, table.query))
  const [shown, setShown] = useState<AuditEntry | null>(null)

  const columns: Column<AuditEntry>[] = [
    {
      id: 'what',
      header: t('column.what'),
      isRowHeader: true,
      cell: (entry) => (
        <>
          <span className="block font-semibold">{describeAction(entry.action, t)}</span>
          {entry.object_name && (
            <span className="block font-normal wrap-anywhere text-ink-soft">
              {entry.object_name}
            </span>
          )}
        </>
      ),
    },
    {
      id: 'who',
      header: t('column.who'),
      cell: (entry) => (
        <>
          <span className="block wrap-anywhere">{entry.actor_email || t('system')}</span>
          {entry.impersonated_by !== null && <Badge tone="warning">{t('visit')}</Badge>}
        </>
      ),
    },
    {
      id: 'when',
      header: t('column.when'),
      cell: (entry) => (
        <time dateTime={entry.at}>
          <span className="block">{formatMoment(entry.at, timeZone)}</span>
          <span className="block text-sm text-ink-soft">{formatRelative(entry.at)}</span>
        </time>
      ),
    },
    {
      id: 'details',
      header: t('column.details'),
      cell: (entry) => (
        <Button
          look="quiet"
          aria-label={t('showDetails', { action: describeAction(entry.action, t) })}
          onClick={() => setShown(entry)}
        >
          {t('details')}
        </Button>
      ),
    },
  ]

  return (
    <>
      <Toolbar table={table} searchLabel={t('search')}>
        <Select
          label={t('objectType')}
          value={table.filters.object_type ?? ''}
          onChange={(value) => table.setFilter('object_type', value)}
          options={[
            { value: '', label: t('everything') },
            ...objects.map((type) => ({ value: type, label: t(`objects.${type}`) })),
          ]}
        />
        <DateField
          label={t('from')}
          value={table.filters.first_day}
          onChange={(day) => table.setFilter('first_day', day ?? '')}
        />
        <DateField
          label={t('to')}
          value={table.filters.last_day}
          onChange={(day) => table.setFilter('last_day', day ?? '')}
        />
      </Toolbar>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={entries.data?.results}
        rowKey={(entry) => entry.id}
        isPending={entries.isPending}
        isRefetching={entries.isPlaceholderData}
        error={entries.error}
        onRetry={() => void entries.refetch()}
        pagination={{ ...table, count: entries.data?.count }}
        empty={
          table.hasFilters ? (
            <NothingFound title={t('nothingFound')} clearLabel={t('clear')} onClear={table.clear}>
              {t('nothingFoundText')}
            </NothingFound>
          ) : (
            <EmptyState icon={ClipboardDocumentListIcon} title={t('empty')}>
              {t('emptyText')}
            </EmptyState>
          )
        }
      />
      {shown && <EntryDialog entry={shown} timeZone={timeZone} onClose={() => setShown(null)} />}
    </>
  )
}
