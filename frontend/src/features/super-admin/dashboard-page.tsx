import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/feedback/error-state'
import { Notice } from '@/components/feedback/notice'
import { Badge } from '@/components/ui/badge'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { listSchools } from '@/lib/api/operations'

/** How many schools this page names; it is a glance, not the directory. */
const NEWEST = 10

const schoolAddress = (subdomain: string) => `${location.protocol}//${subdomain}.${location.host}`

/** The newest schools. The pages for running the platform come one by one; this one says so. */
export function OperatorDashboardPage() {
  const { t } = useTranslation('super-admin')
  const schools = useQuery({
    queryKey: ['schools', 'newest'],
    queryFn: async ({ signal }) =>
      (await listSchools({ query: { page_size: NEWEST, ordering: '-created_at' }, signal })).data,
  })
  return (
    <>
      <PageHeading title={t('start.title')} />
      {schools.isPending && (
        <Skeleton label={t('start.loading')}>
          <Bone className="mt-6 h-64" />
        </Skeleton>
      )}
      {schools.isError && (
        <div className="mt-6">
          <ErrorState
            title={t('start.failed')}
            error={schools.error}
            onRetry={() => void schools.refetch()}
            retrying={schools.isFetching}
          />
        </div>
      )}
      {schools.data && (
        <>
          <p className="mt-2 text-ink-soft">{t('start.count', { count: schools.data.count })}</p>
          <ul className="mt-6 divide-y divide-line rounded-card border border-line bg-surface">
            {schools.data.results.map((school) => (
              <li key={school.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-5 py-4">
                <div className="min-w-0 flex-1 basis-60">
                  <h2 className="font-bold">{school.name}</h2>
                  <a
                    href={schoolAddress(school.subdomain)}
                    className="break-all text-brand-strong underline underline-offset-4"
                  >
                    {schoolAddress(school.subdomain)}
                  </a>
                </div>
                <p className="text-ink-soft">
                  {t('start.teachers', { count: school.teacher_count })}
                  {' · '}
                  {t('start.courses', { count: school.course_count })}
                </p>
                <Badge tone={school.status === 'ACTIVE' ? 'success' : 'neutral'}>
                  {t(`status.${school.status}`)}
                </Badge>
              </li>
            ))}
          </ul>
        </>
      )}
      <Notice tone="info" className="mt-8">
        <h2 className="font-bold">{t('start.comingTitle')}</h2>
        <p className="mt-1">{t('start.coming')}</p>
      </Notice>
    </>
  )
}
