import { BookOpenIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { Badge } from '@/components/ui/badge'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { LinkButton } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import type { Course } from '@/lib/api/operations'
import { isStatus } from '@/lib/api/problem'
import { CourseFacts } from './course-facts'
import { CourseOutline } from './course-outline'
import { CourseProgressBar } from './course-progress-bar'
import { CourseTasks } from './course-tasks'
import { MissingPanel } from './missing-panel'
import { allContents, courseQuery, nextContent } from './queries'
import { useWatchProgress } from './use-progress'

export function CoursePage() {
  const { t } = useTranslation('teacher')
  const { courseId = '' } = useParams()
  const { data: course, error, refetch, isFetching } = useQuery(courseQuery(courseId))
  return (
    <>
      <Breadcrumbs items={[{ label: t('courses.title'), to: paths.teacherCourses }]} />
      {/* One heading from the first moment on: the focus set on it stays when the course arrives. */}
      <PageHeading title={course?.title ?? t('course.title')} />
      {course ? (
        <CourseBody course={course} />
      ) : error ? (
        <div className="mt-6">
          <ErrorState
            title={isStatus(error, 404) ? t('course.missing') : t('course.failed')}
            error={error}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        </div>
      ) : (
        <CourseSkeleton />
      )}
    </>
  )
}

function CourseBody({ course }: { course: Course }) {
  const { t } = useTranslation('teacher')
  const next = nextContent(course)
  const started = allContents(course).some((content) => content.status !== 'NOT_STARTED')
  // What was watched without a network counts as soon as there is one again.
  useWatchProgress()
  const target = next ?? allContents(course)[0]
  return (
    <>
      <div className="mt-3 space-y-3">
        {(course.is_mandatory || course.progress.is_complete) && (
          <div className="flex flex-wrap gap-2">
            {course.is_mandatory && <Badge tone="brand">{t('course.mandatory')}</Badge>}
            {course.progress.is_complete && <Badge tone="success">{t('status.completed')}</Badge>}
          </div>
        )}
        {course.description && (
          <p className="max-w-prose whitespace-pre-line">{course.description}</p>
        )}
        <CourseFacts course={course} />
      </div>
      {target && (
        <section
          aria-label={t('course.yourProgress')}
          className="mt-6 flex flex-col gap-4 rounded-card border border-line bg-surface p-5 sm:flex-row sm:items-center"
        >
          <div className="flex-1">
            <CourseProgressBar progress={course.progress} title={course.title} />
          </div>
          <LinkButton to={paths.teacherContent(course.id, target.id)} className="sm:max-w-md">
            {!next
              ? t('course.again')
              : started
                ? t('course.continue', { title: next.title })
                : t('course.start', { title: next.title })}
          </LinkButton>
        </section>
      )}
      {target && <MissingPanel course={course} />}
      <div className="mt-8">
        {target ? (
          <CourseOutline course={course} />
        ) : (
          <EmptyState icon={BookOpenIcon} title={t('outline.empty.title')}>
            {t('outline.empty.text')}
          </EmptyState>
        )}
      </div>
      <CourseTasks courseId={course.id} />
    </>
  )
}

function CourseSkeleton() {
  const { t } = useTranslation('teacher')
  return (
    <Skeleton label={t('course.loading')}>
      <Bone className="mt-3 h-5 max-w-xl" />
      <Bone className="mt-6 h-24 rounded-card" />
      <Bone className="mt-8 h-7 max-w-xs" />
      <Bone className="mt-2 h-48 rounded-card" />
    </Skeleton>
  )
}
