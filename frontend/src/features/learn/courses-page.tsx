import { BookOpenIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { LinkButton } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { Pagination } from '@/components/ui/pagination'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import { CourseCard } from './course-card'
import { coursesQuery, PAGE_SIZE } from './queries'

const GRID = 'mt-6 grid grid-cols-1 gap-5 sm:grid-cols-2 lg:grid-cols-3'

export function CoursesPage() {
  const { t } = useTranslation('teacher')
  return (
    <>
      <PageHeading title={t('courses.title')} />
      <CourseList />
    </>
  )
}

/** The page number from the address; anything else that somebody typed there is page 1. */
function readPage(value: string | null): number {
  const page = Number(value)
  return Number.isInteger(page) && page > 0 ? page : 1
}

const href = (page: number) =>
  page > 1 ? `${paths.teacherCourses}?page=${page}` : paths.teacherCourses

function CourseList() {
  const { t } = useTranslation('teacher')
  const [search] = useSearchParams()
  const page = readPage(search.get('page'))
  const { data, error, refetch, isFetching, isPlaceholderData } = useQuery(coursesQuery(page))

  if (data) {
    const pageCount = Math.max(1, Math.ceil(data.count / PAGE_SIZE))
    if (data.results.length === 0) {
      return (
        <div className="mt-6">
          <EmptyState
            icon={BookOpenIcon}
            title={t('courses.empty.title')}
            action={
              page > 1 && <LinkButton to={href(1)}>{t('courses.empty.firstPage')}</LinkButton>
            }
          >
            {page === 1 && t('courses.empty.text')}
          </EmptyState>
        </div>
      )
    }
    return (
      <>
        <p className="mt-2 text-ink-soft">{t('courses.count', { count: data.count })}</p>
        <ul
          aria-busy={isPlaceholderData || undefined}
          className={clsx(GRID, isPlaceholderData && 'opacity-60')}
        >
          {data.results.map((course) => (
            <li key={course.id} className="flex">
              <CourseCard course={course} />
            </li>
          ))}
        </ul>
        <Pagination page={page} pageCount={pageCount} href={href} />
      </>
    )
  }

  if (error) {
    // A page beyond the last one is refused by the API; the way back is the first page.
    return (
      <div className="mt-6">
        <ErrorState
          title={t('courses.failed')}
          error={error}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      </div>
    )
  }

  return (
    <Skeleton label={t('courses.loading')}>
      <div className={GRID}>
        {Array.from({ length: 3 }, (_, index) => (
          <div key={index} className="rounded-card border border-line bg-surface">
            <Bone className="aspect-video rounded-b-none" />
            <div className="space-y-3 p-5">
              <Bone className="h-6 w-3/4" />
              <Bone className="h-4 w-full" />
              <Bone className="h-2 w-full" />
            </div>
          </div>
        ))}
      </div>
    </Skeleton>
  )
}
