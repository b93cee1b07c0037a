import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { ErrorState } from '@/components/feedback/error-state'
import { Notice } from '@/components/feedback/notice'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { LinkButton } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import { PreviewModule } from './preview-module'
import { type Course, courseQuery } from './queries'

/** The course read from its beginning to its end, with nothing in it to change. */
export function CoursePreviewPage() {
  const { t } = useTranslation('courses')
  const { courseId = '' } = useParams()
  const { data: course, error, refetch, isFetching } = useQuery(courseQuery(courseId))
  return (
    <>
      <Breadcrumbs
        items={[
          { label: t('editor.back'), to: paths.courses },
          { label: course?.title ?? t('title'), to: paths.course(courseId) },
        ]}
      />
      <PageHeading title={course ? `${t('preview.title')}: ${course.title}` : t('preview.title')} />
      <div className="mt-5 space-y-6">
        {course ? (
          <Preview course={course} />
        ) : error ? (
          <ErrorState
            title={t('failed')}
            error={error}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        ) : (
          <Skeleton label={t('loading')}>
            <Bone className="h-64" />
          </Skeleton>
        )}
      </div>
    </>
  )
}

function Preview({ course }: { course: Course }) {
  const { t } = useTranslation('courses')
  return (
    <>
      <Notice tone="info">{t('preview.notice')}</Notice>
      {course.description && (
        <p className="max-w-prose text-lg whitespace-pre-line text-ink-soft">
          {course.description}
        </p>
      )}
      {course.modules.map((module) => (
        <PreviewModule key={module.id} module={module} />
      ))}
      <LinkButton look="secondary" to={paths.course(course.id)}>
        {t('preview.back')}
      </LinkButton>
    </>
  )
}
