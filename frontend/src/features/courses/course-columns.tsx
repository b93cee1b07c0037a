import type { TFunction } from 'i18next'
import { Link } from 'react-router'
import type { Column } from '@/components/data-table/column'
import { Badge } from '@/components/ui/badge'
import { paths } from '@/config/paths'
import { formatDay, formatRelative } from '@/lib/format'
import { Completion } from './course-facts'
import { CourseState } from './course-state'
import type { CourseRow } from './queries'
import { restorableUntil } from './restorable'

/** The list as a table. Of a deleted course, its way back matters more than its people. */
export function courseColumns(
  t: TFunction<'courses'>,
  audience: (course: CourseRow) => string,
  deleted: boolean,
): Column<CourseRow>[] {
  const title: Column<CourseRow> = {
    id: 'title',
    header: t('list.column.title'),
    isRowHeader: true,
    cell: (course) => (
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {deleted ? (
          course.title
        ) : (
          <Link
            to={paths.course(course.id)}
            className="inline-flex min-h-8 items-center text-brand-strong underline-offset-4 hover:underline"
          >
            {course.title}
          </Link>
        )}
        {course.is_mandatory && <Badge tone="brand">{t('state.required')}</Badge>}
      </span>
    ),
  }
  if (deleted) {
    return [
      title,
      {
        id: 'deleted',
        header: t('list.column.deleted'),
        cell: (course) => course.deleted_at && formatRelative(course.deleted_at),
      },
      {
        id: 'until',
        header: t('state.deleted'),
        cell: (course) =>
          course.deleted_at &&
          t('facts.restorableUntil', { date: formatDay(restorableUntil(course.deleted_at)) }),
      },
    ]
  }
  return [
    title,
    {
      id: 'state',
      header: t('list.column.state'),
      cell: (course) => <CourseState course={course} />,
    },
    { id: 'people', header: t('list.column.people'), cell: audience },
    {
      id: 'completion',
      header: t('list.column.completion'),
      cell: (course) => <Completion course={course} />,
    },
    {
      id: 'deadline',
      header: t('list.column.deadline'),
      wideOnly: true,
      cell: (course) =>
        course.deadline ? (
          formatDay(course.deadline)
        ) : (
          <span className="text-ink-soft">{t('facts.noDeadline')}</span>
        ),
    },
    {
      id: 'updated',
      header: t('list.column.updated'),
      wideOnly: true,
      cell: (course) => formatRelative(course.updated_at),
    },
  ]
}
