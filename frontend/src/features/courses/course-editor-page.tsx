import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { ErrorState } from '@/components/feedback/error-state'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import { CourseEditor } from './course-editor'
import { courseQuery } from './queries'

export function CourseEditorPage() {
  const { t } = useTranslation('courses')
  const { courseId = '' } = useParams()
  const { data: course, error, refetch, isFetching } = useQuery(courseQuery(courseId))
  return (
    <>
      <Breadcrumbs items={[{ label: t('editor.back'), to: paths.courses }]} />
      {course ? (
        <CourseEditor key={course.id} course={course} />
      ) : (
        <>
          <PageHeading title={t('title')} className="sr-only" />
          {error ? (
            <ErrorState
              title={t('failed')}
              error={error}
              onRetry={() => void refetch()}
              retrying={isFetching}
            />
          ) : (
            <Skeleton label={t('loading')}>
              <Bone className="mb-6 h-9 w-1/2" />
              <div className="grid gap-6 lg:grid-cols-[24rem_minmax(0,1fr)]">
                <Bone className="h-96" />
                <Bone className="h-96 max-lg:hidden" />
              </div>
            </Skeleton>
          )}
        </>
      )}
    </>
  )
}
