import { BookOpenIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ErrorState } from '@/components/feedback/error-state'
import { Badge } from '@/components/ui/badge'
import { LinkButton } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import { formatDay, formatNumber } from '@/lib/format'
import { type Group, type GroupCourse, groupCoursesQuery, standingQuery } from './queries'

/** What the group was given to learn, and how many of it are through. */
export function GroupCourses({ group }: { group: Group }) {
  const { t } = useTranslation('groups')
  const { data, error, isFetching, refetch } = useQuery(groupCoursesQuery(group.id))
  return (
    <Card
      title={t('courses.title')}
      description={t('courses.description')}
      actions={
        <LinkButton look="quiet" to={paths.courses}>
          <BookOpenIcon aria-hidden="true" className="size-5" />
          {t('courses.toCourses')}
        </LinkButton>
      }
    >
      {!data && error && (
        <ErrorState
          level={3}
          title={t('courses.failed')}
          error={error}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {!data && !error && (
        <Skeleton label={t('courses.loading')}>
          <Bone className="h-16" />
        </Skeleton>
      )}
      {data?.length === 0 && <p className="text-ink-soft">{t('courses.none')}</p>}
      {data && data.length > 0 && (
        <ul className="divide-y divide-line">
          {data.map((course) => (
            <li key={course.id} className="py-3 first:pt-0 last:pb-0">
              <CourseRow group={group} course={course} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function CourseRow({ group, course }: { group: Group; course: GroupCourse }) {
  const { t } = useTranslation('groups')
  // Drafts are seen by nobody yet.
  const standing = useQuery({ ...standingQuery(group.id, course.id), enabled: course.is_published })
  const { all, completed } = standing.data ?? { all: 0, completed: 0 }
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
      <div className="min-w-0">
        <span className="flex flex-wrap items-center gap-x-3">
          <Link
            to={paths.course(course.id)}
            className="inline-flex min-h-6 items-center font-semibold wrap-anywhere text-brand-strong underline-offset-4 hover:underline"
          >
            {course.title}
          </Link>
          {!course.is_published && <Badge>{t('courses.draft')}</Badge>}
        </span>
        {course.deadline && (
          <p className="text-sm text-ink-soft">
            {t('courses.until', { day: formatDay(course.deadline) })}
          </p>
        )}
      </div>
      {standing.data && (
        <div className="w-full sm:w-64">
          {all > 0 && (
            <ProgressBar
              percentage={(completed / all) * 100}
              label={t('courses.progressOf', { course: course.title })}
            />
          )}
          <p className="mt-1 text-sm text-ink-soft">
            {all === 0
              ? t('courses.nobody')
              : t('courses.done', { done: formatNumber(completed), all: formatNumber(all) })}
          </p>
        </div>
      )}
    </div>
  )
}
