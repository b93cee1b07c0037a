import { CheckBadgeIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { LinkButton } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import { CertificateCard } from './certificate-card'
import { certificatesQuery } from './queries'

/** What the person has completed, to be shown to others. */
export function CertificatesPage() {
  const { t } = useTranslation('certificates')
  const { data, error, refetch, isFetching } = useQuery(certificatesQuery)
  return (
    <>
      <PageHeading title={t('title')} />
      <p className="mt-2 max-w-prose text-ink-soft">{t('intro')}</p>
      <div className="mt-6">
        {data && data.length > 0 ? (
          <ul className="grid gap-5 lg:grid-cols-2">
            {data.map((certificate) => (
              <li key={certificate.id} className="flex">
                <CertificateCard certificate={certificate} />
              </li>
            ))}
          </ul>
        ) : data ? (
          <EmptyState
            icon={CheckBadgeIcon}
            title={t('empty.title')}
            action={<LinkButton to={paths.teacherCourses}>{t('empty.courses')}</LinkButton>}
          >
            {t('empty.text')}
          </EmptyState>
        ) : error ? (
          <ErrorState
            title={t('failed')}
            error={error}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        ) : (
          <Skeleton label={t('loading')}>
            <Bone className="h-48 rounded-card" />
          </Skeleton>
        )}
      </div>
    </>
  )
}
