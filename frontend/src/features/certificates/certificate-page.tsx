import { CheckBadgeIcon } from '@heroicons/react/24/solid'
import { ExclamationTriangleIcon } from '@heroicons/react/24/outline'
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { ErrorState } from '@/components/feedback/error-state'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { isStatus } from '@/lib/api/problem'
import { formatDate, formatNumber } from '@/lib/format'
import { grouped, verifiedQuery } from './queries'

/** Whether a certificate is true: for anybody who was given its code, without signing in. */
export function CertificatePage() {
  // Outside the portals there is none: what a person's pages know must not be mixed with it.
  const [queries] = useState(() => new QueryClient())
  return (
    <QueryClientProvider client={queries}>
      <Verdict />
    </QueryClientProvider>
  )
}

function Verdict() {
  const { t } = useTranslation('certificates')
  const { code = '' } = useParams()
  const { data, error, refetch, isFetching } = useQuery(verifiedQuery(code))
  if (data) {
    const facts = [
      [t('verify.holder'), data.holder_name],
      [t('verify.course'), data.course_title],
      [t('verify.school'), data.school_name],
      [t('verify.date'), formatDate(data.issued_at)],
      ...(data.estimated_hours === null
        ? []
        : [
            [
              t('verify.effort'),
              t('hours', {
                count: data.estimated_hours,
                hours: formatNumber(data.estimated_hours),
              }),
            ],
          ]),
      [t('verify.code'), grouped(data.code)],
    ] as const
    return (
      <>
        <CheckBadgeIcon aria-hidden="true" className="size-14 text-success" />
        <PageHeading title={t('verify.true')} className="mt-3" />
        <p className="mt-2 text-ink-soft">{t('verify.trueText', { school: data.school_name })}</p>
        <dl className="mt-6 divide-y divide-line rounded-card border border-line bg-surface px-5">
          {facts.map(([name, value]) => (
            <div key={name} className="py-3">
              <dt className="text-sm text-ink-soft">{name}</dt>
              <dd className="font-semibold wrap-anywhere">{value}</dd>
            </div>
          ))}
        </dl>
      </>
    )
  }
  if (isStatus(error, 404) || isStatus(error, 400)) {
    return (
      <>
        <ExclamationTriangleIcon aria-hidden="true" className="size-14 text-warning" />
        <PageHeading title={t('verify.unknown')} className="mt-3" />
        <p className="mt-2">{t('verify.unknownText')}</p>
        <p className="mt-2 text-ink-soft">
          {t('code')} <span className="font-mono wrap-anywhere">{code}</span>
        </p>
      </>
    )
  }
  return (
    <>
      <PageHeading title={t('verify.title')} />
      <div className="mt-6">
        {error ? (
          <ErrorState
            title={t('verify.failed')}
            error={error}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        ) : (
          <Skeleton label={t('verify.loading')}>
            <Bone className="h-72 rounded-card" />
          </Skeleton>
        )}
      </div>
    </>
  )
}
