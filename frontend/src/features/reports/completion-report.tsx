import { useTranslation } from 'react-i18next'
import type { Column } from '@/components/data-table/column'
import { ProgressBar } from '@/components/ui/progress-bar'
import { formatDay, formatMoment, formatPercent } from '@/lib/format'
import { Person } from './person'
import { completion, type CompletionRow } from './queries'
import { common } from './reminder-link'
import { Report } from './report'
import { COMPLETION_STATUSES, ReportStatus } from './status'
import { useSchoolClock } from './use-school-clock'

/** Who has completed which course, and who has not. */
export function CompletionReport() {
  const { t } = useTranslation('reports')
  const timeZone = useSchoolClock()
  const columns: Column<CompletionRow>[] = [
    {
      id: 'person',
      header: t('column.person'),
      isRowHeader: true,
      cell: (row) => <Person row={row} />,
    },
    { id: 'course', header: t('column.course'), cell: (row) => row.course_title },
    {
      id: 'status',
      header: t('column.status'),
      cell: (row) => <ReportStatus status={row.status} />,
    },
    {
      id: 'progress',
      header: t('column.progress'),
      cell: (row) => (
        <span className="flex items-center gap-2">
          <ProgressBar
            percentage={row.percentage}
            label={t('progressOf', { name: row.teacher_name, course: row.course_title })}
            className="w-20"
          />
          <span className="text-sm tabular-nums">{formatPercent(row.percentage)}</span>
        </span>
      ),
    },
    {
      id: 'deadline',
      header: t('column.deadline'),
      cell: (row) => (row.deadline === null ? t('noDate') : formatDay(row.deadline)),
    },
    {
      id: 'completed',
      header: t('column.completedAt'),
      wideOnly: true,
      cell: (row) =>
        row.completed_at === null ? t('notYet') : formatMoment(row.completed_at, timeZone),
    },
  ]
  return (
    <Report
      source={completion}
      statuses={COMPLETION_STATUSES}
      unfinished={['OVERDUE', 'NOT_STARTED', 'IN_PROGRESS']}
      columns={columns}
      rowKey={(row) => `${row.teacher_id}/${row.course_id}`}
      rowLabel={(row) => `${row.teacher_name}, ${row.course_title}`}
      statusOf={(row) => row.status}
      wanted={(rows) => ({
        course: common(rows, (row) => row.course_id),
        teachers: rows.map((row) => row.teacher_id),
      })}
    />
  )
}
