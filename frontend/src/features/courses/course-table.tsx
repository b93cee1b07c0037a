import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable } from '@/components/data-table/data-table'
import { courseColumns } from './course-columns'
import { useAudience } from './course-facts'
import type { CourseRow } from './queries'

interface CourseTableProps extends Omit<
  ComponentProps<typeof DataTable<CourseRow>>,
  'columns' | 'rowKey' | 'rowLabel'
> {
  isDeleted: boolean
}

/** The list as a table, to compare courses. */
export function CourseTable({ isDeleted, ...list }: CourseTableProps) {
  const { t } = useTranslation('courses')
  const audience = useAudience()
  return (
    <DataTable
      {...list}
      columns={courseColumns(t, audience, isDeleted)}
      rowKey={(course) => course.id}
      rowLabel={(course) => course.title}
    />
  )
}
