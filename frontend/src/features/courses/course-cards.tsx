import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { TablePagination } from '@/components/data-table/table-pagination'
import { ErrorState } from '@/components/feedback/error-state'
import type { MenuAction } from '@/components/ui/menu'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { CourseCard } from './course-card'
import type { CourseRow } from './queries'

const GRID = 'grid grid-cols-1 gap-5 sm:grid-cols-2 xl:grid-cols-3'

interface CourseCardsProps {
  label: string
  rows: readonly CourseRow[] | undefined
  isRefetching: boolean
  error: unknown
  errorTitle: string
  onRetry: () => void
  rowActions: (course: CourseRow) => readonly MenuAction[]
  pagination: Omit<Parameters<typeof TablePagination>[0], 'count'> & { count: number | undefined }
  empty: ReactNode
}

/** The list as pictures, which are found faster than words. */
export function CourseCards({
  label,
  rows,
  isRefetching,
  error,
  errorTitle,
  onRetry,
  rowActions,
  pagination,
  empty,
}: CourseCardsProps) {
  const { t } = useTranslation('frame')
  if (error != null) {
    return <ErrorState title={errorTitle} error={error} onRetry={onRetry} retrying={isRefetching} />
  }
  if (!rows) {
    return (
      <Skeleton label={t('table.loading', { label })}>
        <div className={GRID}>
          {Array.from({ length: 3 }, (_, index) => (
            <div key={index} className="rounded-card border border-line bg-surface">
              <Bone className="aspect-video rounded-b-none" />
              <div className="space-y-3 p-5">
                <Bone className="h-6 w-3/4" />
                <Bone className="h-4 w-full" />
              </div>
            </div>
          ))}
        </div>
      </Skeleton>
    )
  }
  return (
    <div aria-busy={isRefetching || undefined}>
      {rows.length === 0 ? (
        empty
      ) : (
        <ul aria-label={label} className={clsx(GRID, isRefetching && 'opacity-60')}>
          {rows.map((course) => (
            <li key={course.id} className="flex min-w-0">
              <CourseCard course={course} actions={rowActions(course)} />
            </li>
          ))}
        </ul>
      )}
      {pagination.count !== undefined && (
        <TablePagination {...pagination} count={pagination.count} />
      )}
    </div>
  )
}
