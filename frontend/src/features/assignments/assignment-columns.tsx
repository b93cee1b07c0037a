import type { TFunction } from 'i18next'
import { Link } from 'react-router'
import type { Column } from '@/components/data-table/column'
import { Badge } from '@/components/ui/badge'
import { paths } from '@/config/paths'
import { formatDay, formatNumber, isPastDay } from '@/lib/format'
import { PublishedChip } from './published-chip'
import type { Assignment } from './queries'

function dueWords({ due_date: day }: Assignment, t: TFunction<'assignments'>): string {
  if (day === null) return t('list.noDue')
  return isPastDay(day) ? t('list.past', { day: formatDay(day) }) : formatDay(day)
}

export const assignmentColumns = (t: TFunction<'assignments'>): Column<Assignment>[] => [
  {
    id: 'title',
    header: t('list.column.title'),
    isRowHeader: true,
    cell: (row) => (
      <div className="min-w-0">
        <Link
          to={paths.assignment(row.id)}
          className="inline-flex min-h-6 items-center font-semibold text-brand-strong underline-offset-4 hover:underline"
        >
          {row.title}
        </Link>
        <p className="text-sm font-normal text-ink-soft">{row.course_title}</p>
      </div>
    ),
  },
  { id: 'kind', header: t('list.column.kind'), cell: ({ kind }) => t(`kind.${kind}`) },
  { id: 'due', header: t('list.column.due'), cell: (row) => dueWords(row, t), wideOnly: true },
  {
    id: 'handed-in',
    header: t('list.column.handedIn'),
    align: 'end',
    cell: ({ submission_count: count, to_grade_count: waiting }) => (
      <span className="inline-flex items-center justify-end gap-2 whitespace-nowrap">
        {waiting > 0 && <Badge tone="warning">{t('list.toGrade', { count: waiting })}</Badge>}
        <span className="tabular-nums">{formatNumber(count)}</span>
      </span>
    ),
  },
  {
    id: 'state',
    header: t('list.column.state'),
    cell: (row) => (
      <span className="inline-flex flex-wrap items-center gap-2">
        <PublishedChip isPublished={row.is_published} />
        {!row.is_mandatory && <Badge>{t('list.optional')}</Badge>}
      </span>
    ),
  },
]
