import { useTranslation } from 'react-i18next'
import type { Column } from '@/components/data-table/column'
import { formatNumber, formatRelative } from '@/lib/format'
import { Person } from './person'
import { engagement, type EngagementRow } from './queries'
import { Report } from './report'
import { ENGAGEMENT_STATUSES, ReportStatus, type Status } from './status'

const COUNTS = [
  'active_days',
  'contents_started',
  'contents_completed',
  'submissions',
  'quiz_attempts',
] as const

const statusOf = (row: EngagementRow): Status =>
  COUNTS.some((name) => row[name] > 0) ? 'ACTIVE' : 'INACTIVE'

/** Who did how much. Nothing done is a zero, which is something else than nothing known. */
export function EngagementReport() {
  const { t } = useTranslation('reports')
  const columns: Column<EngagementRow>[] = [
    {
      id: 'person',
      header: t('column.person'),
      isRowHeader: true,
      cell: (row) => <Person row={row} />,
    },
    {
      id: 'status',
      header: t('column.status'),
      cell: (row) => <ReportStatus status={statusOf(row)} />,
    },
    {
      id: 'last',
      header: t('column.lastActive'),
      cell: (row) =>
        row.last_active_at === null ? t('never') : formatRelative(row.last_active_at),
    },
    ...COUNTS.map((name): Column<EngagementRow> => ({
      id: name,
      header: t(`column.${name}`),
      align: 'end',
      wideOnly: name === 'quiz_attempts' || name === 'contents_started',
      cell: (row) => formatNumber(row[name]),
    })),
  ]
  return (
    <Report
      source={engagement}
      statuses={ENGAGEMENT_STATUSES}
      unfinished={['INACTIVE']}
      columns={columns}
      rowKey={(row) => row.teacher_id}
      rowLabel={(row) => row.teacher_name}
      statusOf={statusOf}
      wanted={(rows) => ({ teachers: rows.map((row) => row.teacher_id) })}
    />
  )
}
