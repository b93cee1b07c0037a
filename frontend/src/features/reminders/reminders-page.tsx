import { BellAlertIcon, MegaphoneIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Column } from '@/components/data-table/column'
import { DataTable } from '@/components/data-table/data-table'
import { EmptyState } from '@/components/feedback/empty-state'
import { LinkButton } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { paths } from '@/config/paths'
import { formatMoment, formatNumber, formatRelative } from '@/lib/format'
import { useUrlTableState } from '@/lib/use-url-table-state'
import { Counts } from './counts'
import { type Reminder, remindersQuery, timeZoneQuery } from './queries'

/** What people were reminded of, and what became of each reminder. */
export function RemindersPage() {
  const { t } = useTranslation('reminders')
  const table = useUrlTableState()
  const timeZone = useQuery(timeZoneQuery).data
  const reminders = useQuery(remindersQuery({ page: table.page, page_size: table.pageSize }))
  const compose = (
    <LinkButton to={paths.newReminder}>
      <BellAlertIcon aria-hidden="true" className="size-5" />
      {t('new')}
    </LinkButton>
  )
  const columns: Column<Reminder>[] = [
    {
      id: 'subject',
      header: t('column.subject'),
      isRowHeader: true,
      cell: (reminder) => (
        <>
          <Link
            to={paths.reminder(reminder.id)}
            className="inline-flex min-h-6 items-center font-semibold wrap-anywhere text-brand-strong underline-offset-4 hover:underline"
          >
            {reminder.subject}
          </Link>
          <span className="block text-sm font-normal text-ink-soft">
            {t(`kind.${reminder.kind}`)}
          </span>
        </>
      ),
    },
    {
      id: 'when',
      header: t('column.when'),
      cell: (reminder) => (
        <time dateTime={reminder.created_at}>
          <span className="block">{formatMoment(reminder.created_at, timeZone)}</span>
          <span className="block text-sm text-ink-soft">{formatRelative(reminder.created_at)}</span>
        </time>
      ),
    },
    {
      id: 'people',
      header: t('column.people'),
      align: 'end',
      cell: (reminder) => formatNumber(reminder.recipient_count),
    },
    {
      id: 'mails',
      header: t('column.mails'),
      cell: (reminder) => <Counts counts={reminder.counts} />,
    },
  ]
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <PageHeading title={t('title')} />
        <div className="flex flex-wrap gap-3">
          <LinkButton look="secondary" to={`${paths.newReminder}?what=announcement`}>
            <MegaphoneIcon aria-hidden="true" className="size-5" />
            {t('announce')}
          </LinkButton>
          {/* While the list is empty, the same button stands in it. */}
          {reminders.data?.count !== 0 && compose}
        </div>
      </div>
      <p className="mt-2 mb-6 max-w-prose text-ink-soft">{t('intro')}</p>
      <DataTable
        label={t('history')}
        columns={columns}
        rows={reminders.data?.results}
        rowKey={(reminder) => reminder.id}
        isPending={reminders.isPending}
        isRefetching={reminders.isPlaceholderData}
        error={reminders.error}
        onRetry={() => void reminders.refetch()}
        pagination={{ ...table, count: reminders.data?.count }}
        empty={
          <EmptyState icon={BellAlertIcon} title={t('empty.title')} action={compose}>
            {t('empty.text')}
          </EmptyState>
        }
      />
    </>
  )
}
