import { AcademicCapIcon, BookOpenIcon, MagnifyingGlassIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { LinkButton } from '@/components/ui/button'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeading } from '@/components/ui/page-heading'
import { Pagination } from '@/components/ui/pagination'
import { SearchField } from '@/components/ui/search-field'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import type { CourseSummary } from '@/lib/api/operations'
import { useUrlTableState } from '@/lib/use-url-table-state'
import { CourseCard } from './course-card'
import { coursesQuery, stateOf } from './queries'

const GRID = 'mt-6 grid grid-cols-1 gap-5 sm:grid-cols-2 lg:grid-cols-3'
const PAGE_SIZE = 24
const STATES = ['new', 'begun', 'done'] as const

/** Nobody misses a title for its capitals or accents. */
const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const matches = (course: CourseSummary, search: string): boolean =>
  folded(`${course.title} ${course.description}`).includes(folded(search))

export function CoursesPage() {
  const { t } = useTranslation('teacher')
  const { data, error, refetch, isFetching } = useQuery(coursesQuery)
  return (
    <>
      <PageHeading title={t('courses.title')} />
      {data ? (
        data.length > 0 ? (
          <CourseList courses={data} />
        ) : (
          <div className="mt-6">
            <EmptyState icon={BookOpenIcon} title={t('courses.empty.title')}>
              {t('courses.empty.text')}
            </EmptyState>
          </div>
        )
      ) : error ? (
        <div className="mt-6">
          <ErrorState
            title={t('courses.failed')}
            error={error}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        </div>
      ) : (
        <CoursesSkeleton />
      )}
    </>
  )
}

function CourseList({ courses }: { courses: CourseSummary[] }) {
  const { t } = useTranslation('teacher')
  const [params] = useSearchParams()
  const { page, search, filters, setSearch } = useUrlTableState({ filters: { state: STATES } })
  const found = courses.filter((course) => matches(course, search))
  const shown = filters.state ? found.filter((each) => stateOf(each) === filters.state) : found
  const pageCount = Math.max(1, Math.ceil(shown.length / PAGE_SIZE))
  const current = Math.min(page, pageCount)

  const hrefOf = (change: Record<string, string | undefined>) => {
    const next = new URLSearchParams(params)
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined) next.delete(name)
      else next.set(name, value)
    }
    const query = next.toString()
    return query ? `${paths.teacherCourses}?${query}` : paths.teacherCourses
  }
  return (
    <>
      <div className="mt-5 flex flex-col gap-4 lg:flex-row lg:items-end lg:justify-between">
        <LinkTabs
          label={t('courses.filter')}
          current={filters.state ?? 'all'}
          tabs={[
            {
              id: 'all',
              title: t('courses.all'),
              count: found.length,
              to: hrefOf({ state: undefined, page: undefined }),
            },
            ...STATES.map((state) => ({
              id: state,
              title: t(`courses.states.${state}`),
              count: found.filter((each) => stateOf(each) === state).length,
              to: hrefOf({ state, page: undefined }),
            })),
          ]}
        />
        {(courses.length > 3 || search) && (
          <SearchField
            label={t('courses.search')}
            value={search}
            onChange={setSearch}
            className="lg:w-80"
          />
        )}
      </div>
      <p role="status" className="mt-4 text-ink-soft">
        {t('courses.count', { count: shown.length })}
      </p>
      {shown.length > 0 ? (
        <ul className={GRID}>
          {shown.slice((current - 1) * PAGE_SIZE, current * PAGE_SIZE).map((course) => (
            <li key={course.id} className="flex">
              <CourseCard course={course} />
            </li>
          ))}
        </ul>
      ) : (
        <div className="mt-6">
          <EmptyState
            icon={search ? MagnifyingGlassIcon : AcademicCapIcon}
            title={
              search
                ? t('courses.nothing.search', { search })
                : t(`courses.nothing.${filters.state ?? 'new'}`)
            }
            action={
              <LinkButton look="secondary" to={paths.teacherCourses}>
                {t('courses.nothing.showAll')}
              </LinkButton>
            }
          >
            {null}
          </EmptyState>
        </div>
      )}
      <Pagination
        page={current}
        pageCount={pageCount}
        href={(number) => hrefOf({ page: number > 1 ? String(number) : undefined })}
      />
    </>
  )
}

function CoursesSkeleton() {
  const { t } = useTranslation('teacher')
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
