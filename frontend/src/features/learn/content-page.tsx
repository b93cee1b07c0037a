import { ChevronLeftIcon, ChevronRightIcon } from '@heroicons/react/20/solid'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { ErrorState } from '@/components/feedback/error-state'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { LinkButton } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import { ApiError, isStatus } from '@/lib/api/problem'
import type { Content, Course } from '@/lib/api/operations'
import { CompletionNote } from './completion-note'
import { ContentRule } from './content-rule'
import { ContentStatus } from './content-status'
import { CourseOutline } from './course-outline'
import { CourseProgressBar } from './course-progress-bar'
import { CourseTasks } from './course-tasks'
import { allContents, courseQuery } from './queries'
import { ReadingView } from './reading-view'
import { useStartContent } from './use-progress'

/** The player is large, and texts and links do without it. */
const VideoView = lazy(async () => ({ default: (await import('./video-view')).VideoView }))

export function ContentPage() {
  const { t } = useTranslation('teacher')
  const { courseId = '', contentId = '' } = useParams()
  const { data: course, error, refetch, isFetching } = useQuery(courseQuery(courseId))
  const content = course && allContents(course).find(({ id }) => id === contentId)
  const missing = course && !content
  return (
    <>
      <Breadcrumbs
        items={[
          { label: t('courses.title'), to: paths.teacherCourses },
          { label: course?.title ?? t('course.title'), to: paths.teacherCourse(courseId) },
        ]}
      />
      <PageHeading title={content?.title ?? t('content.title')} />
      {content && (
        <p className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-ink-soft">
          <ContentStatus status={content.status} />
          <ContentRule content={content} />
        </p>
      )}
      {course && content ? (
        <ContentBody key={content.id} course={course} content={content} />
      ) : missing || error ? (
        <div className="mt-6">
          <ErrorState
            title={missing || isStatus(error, 404) ? t('content.missing') : t('content.failed')}
            error={error ?? NO_SUCH_CONTENT}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        </div>
      ) : (
        <ContentSkeleton />
      )}
    </>
  )
}

function ContentSkeleton() {
  const { t } = useTranslation('teacher')
  return (
    <Skeleton label={t('content.loading')}>
      <div className="mt-4 grid gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <Bone className="aspect-video rounded-card" />
        <Bone className="hidden rounded-card lg:block" />
      </div>
    </Skeleton>
  )
}

/** The course is there, this part of it is not: said in the same words as the API's own 404. */
const NO_SUCH_CONTENT = new ApiError({
  status: 404,
  code: 'not_found',
  detail: '',
  fields: [],
  retryAfterSeconds: null,
  requestId: null,
})

function ContentBody({ course, content }: { course: Course; content: Content }) {
  useStartContent(content)
  const outline = (
    <>
      <div className="px-3 pb-5">
        <CourseProgressBar progress={course.progress} title={course.title} />
      </div>
      <CourseOutline course={course} currentId={content.id} compact />
    </>
  )
  const below = (
    <>
      <CompletionNote course={course} content={content} />
      <Neighbours course={course} content={content} />
      <CourseTasks courseId={course.id} contentId={content.id} />
    </>
  )
  return (
    <Suspense fallback={<ContentSkeleton />}>
      {content.content_type === 'VIDEO' ? (
        <VideoView courseId={course.id} content={content} outline={outline} below={below} />
      ) : (
        <ReadingView content={content} outline={outline} below={below} />
      )}
    </Suspense>
  )
}

/** The way on and back through the course. */
function Neighbours({ course, content }: { course: Course; content: Content }) {
  const { t } = useTranslation('teacher')
  const contents = allContents(course)
  const index = contents.findIndex(({ id }) => id === content.id)
  const previous = contents[index - 1]
  const next = contents[index + 1]
  if (!previous && !next) return null
  return (
    <nav
      aria-label={t('content.neighbours')}
      className="mt-6 flex flex-col-reverse gap-3 sm:flex-row"
    >
      {previous && (
        <LinkButton
          look="secondary"
          to={paths.teacherContent(course.id, previous.id)}
          className="min-w-0 justify-start sm:max-w-1/2"
        >
          <ChevronLeftIcon aria-hidden="true" className="size-5 shrink-0" />
          <span className="min-w-0">{t('content.previous', { title: previous.title })}</span>
        </LinkButton>
      )}
      {next && (
        <LinkButton
          look="secondary"
          to={paths.teacherContent(course.id, next.id)}
          className="min-w-0 justify-between sm:ml-auto sm:max-w-1/2"
        >
          <span className="min-w-0">{t('content.next', { title: next.title })}</span>
          <ChevronRightIcon aria-hidden="true" className="size-5 shrink-0" />
        </LinkButton>
      )}
    </nav>
  )
}
