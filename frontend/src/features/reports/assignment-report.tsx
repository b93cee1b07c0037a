import { useTranslation } from 'react-i18next'
import type { Column } from '@/components/data-table/column'
import { formatDay, formatMoment, formatNumber } from '@/lib/format'
import { Person } from './person'
import { assignments, type WorkRow } from './queries'
import { common } from './reminder-link'
import { Report } from './report'
import { ReportStatus, WORK_STATUSES } from './status'
import { useSchoolClock } from './use-school-clock'

/** Who has handed in which work, and how it was found. */
export function AssignmentReport() {
  const { t } = useTranslation('reports')
  const timeZone = useSchoolClock()
  const columns: Column<WorkRow>[] = [
    {
      id: 'person',
      header: t('column.person'),
      isRowHeader: true,
      cell: (row) => <Person row={row} />,
    },
    {
      id: 'assignment',
      header: t('column.assignment'),
      cell: (row) => (
        <>
          <span className="block">{row.assignment_title}</span>
          <span className="block text-sm text-ink-soft">{row.course_title}</span>
        </>
      ),
    },
    {
      id: 'status',
      header: t('column.status'),
      cell: (row) => <ReportStatus status={row.status} />,
    },
    {
      id: 'score',
      header: t('column.score'),
      align: 'end',
      cell: (row) =>
        row.score === null
          ? t('noScore')
          : t('score', { score: formatNumber(row.score), max: formatNumber(row.max_score) }),
    },
    {
      id: 'due',
      header: t('column.due'),
      cell: (row) => (row.due_date === null ? t('noDate') : formatDay(row.due_date)),
    },
    {
      id: 'submitted',
      header: t('column.submittedAt'),
      wideOnly: true,
      cell: (row) =>
        row.submitted_at === null ? t('notYet') : formatMoment(row.submitted_at, timeZone),
    },
  ]
  return (
    <Report
      source={assignments}
      statuses={WORK_STATUSES}
      unfinished={['OVERDUE', 'PENDING']}
      columns={columns}
      rowKey={(row) => `${row.teacher_id}/${row.assignment_id}`}
      rowLabel={(row) => `${row.teacher_name}, ${row.assignment_title}`}
      statusOf={(row) => row.status}
      wanted={(rows) => {
        const assignment = common(rows, (row) => row.assignment_id)
        return {
          assignment,
          // Several of one course: those who have not finished the course, which needs all of them.
          course: assignment === undefined ? common(rows, (row) => row.course_id) : undefined,
          teachers: rows.map((row) => row.teacher_id),
        }
      }}
    />
  )
}
