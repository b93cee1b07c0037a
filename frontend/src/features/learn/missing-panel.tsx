import { TrophyIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/feedback/error-state'
import { Card } from '@/components/ui/card'
import { LinkButton } from '@/components/ui/button'
import { paths } from '@/config/paths'
import type { Course } from '@/lib/api/operations'
import { formatDate } from '@/lib/format'
import { MissingRow } from './missing-row'
import { certificatesQuery, completionQuery } from './queries'

/** What has to be done for the course to count, and why; once it is complete, the praise for it. */
export function MissingPanel({ course }: { course: Course }) {
  const { t } = useTranslation('teacher')
  const { data, error, refetch, isFetching } = useQuery(completionQuery(course.id))
  if (!data) {
    return error ? (
      <div className="mt-6">
        <ErrorState
          title={t('missing.failed')}
          error={error}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      </div>
    ) : null
  }
  const rows = (items: typeof data.missing) => (
    <ul className="divide-y divide-line">
      {items.map((item) => (
        <MissingRow key={item.id} course={course} item={item} />
      ))}
    </ul>
  )
  return (
    <>
      {data.is_complete && <Praise course={course} completedAt={data.completed_at} />}
      {data.missing.length > 0 && (
        <Card
          title={t('missing.title')}
          description={t('missing.text', { count: data.missing.length })}
          padding="none"
          className="mt-6 pb-2"
        >
          {rows(data.missing)}
        </Card>
      )}
      {data.new.length > 0 && (
        <Card
          title={t('missing.newTitle')}
          description={t('missing.newText')}
          padding="none"
          className="mt-6 pb-2"
        >
          {rows(data.new)}
        </Card>
      )}
    </>
  )
}

function Praise({ course, completedAt }: { course: Course; completedAt: string | null }) {
  const { t } = useTranslation('teacher')
  const { data = [] } = useQuery(certificatesQuery)
  const certificate = data.find(({ course_id: id }) => id === course.id)
  return (
    <section
      aria-labelledby="praise"
      className="mt-6 flex flex-wrap items-center gap-x-5 gap-y-4 rounded-card border border-success bg-success-soft p-5"
    >
      <TrophyIcon aria-hidden="true" className="size-10 shrink-0 text-success" />
      <div className="min-w-0 flex-1 basis-60">
        <h2 id="praise" className="text-lg font-bold">
          {t('praise.title')}
        </h2>
        <p className="mt-1">
          {completedAt === null
            ? t('praise.text')
            : t('praise.since', { date: formatDate(completedAt) })}
        </p>
      </div>
      {certificate && (
        <LinkButton look="secondary" to={paths.certificates}>
          {t('praise.certificate')}
        </LinkButton>
      )}
    </section>
  )
}
