import { ArrowRightEndOnRectangleIcon } from '@heroicons/react/20/solid'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { ErrorState } from '@/components/feedback/error-state'
import { Notice } from '@/components/feedback/notice'
import { UnsavedGuard } from '@/components/form/unsaved-guard'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import { schoolAddress } from '@/lib/tenant/school-address'
import { AddressLink } from './address-link'
import { FeaturesCard } from './features-card'
import { LeavingCard } from './leaving-card'
import { PeopleCard } from './people-card'
import { PlanCard } from './plan-card'
import { schoolQuery, usageQuery } from './queries'
import { SchoolStatus } from './school-status'
import { UsageCard } from './usage-card'

// What is further down, or only asked for, does not hold up what is read first.
const LimitsForm = lazy(async () => ({ default: (await import('./limits-form')).LimitsForm }))
const NotesForm = lazy(async () => ({ default: (await import('./notes-form')).NotesForm }))
const VisitDialog = lazy(async () => ({ default: (await import('./visit-dialog')).VisitDialog }))

export function SchoolPage() {
  const { t } = useTranslation('schools')
  const { schoolId = '' } = useParams()
  const school = useQuery(schoolQuery(schoolId))
  const usage = useQuery(usageQuery(schoolId))
  const [isVisiting, setVisiting] = useState(false)
  // A page can ask only once before it is left.
  const [areLimitsUnsaved, setLimitsUnsaved] = useState(false)
  const [areNotesUnsaved, setNotesUnsaved] = useState(false)

  if (!school.data) {
    return (
      <>
        <Breadcrumbs items={[{ label: t('title'), to: paths.schools }]} />
        <PageHeading title={t('one.title')} className="mb-6" />
        {school.isError ? (
          <ErrorState
            title={t('one.failed')}
            error={school.error}
            onRetry={() => void school.refetch()}
            retrying={school.isFetching}
          />
        ) : (
          <Skeleton label={t('one.loading')}>
            <div className="grid gap-5 lg:grid-cols-3">
              <Bone className="h-72 lg:col-span-2" />
              <Bone className="h-72" />
              <Bone className="h-56 lg:col-span-2" />
              <Bone className="h-56" />
            </div>
          </Skeleton>
        )}
      </>
    )
  }
  const { data } = school
  return (
    <>
      <UnsavedGuard when={areLimitsUnsaved || areNotesUnsaved} />
      <Breadcrumbs items={[{ label: t('title'), to: paths.schools }]} />
      <div className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <PageHeading title={data.name} />
            <SchoolStatus status={data.status} />
          </div>
          <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-2">
            <AddressLink subdomain={data.subdomain} />
            <CopyButton text={schoolAddress(data.subdomain)} />
          </div>
        </div>
        {(data.status === 'ACTIVE' || data.status === 'TRIAL') && (
          <Button onClick={() => setVisiting(true)}>
            <ArrowRightEndOnRectangleIcon aria-hidden="true" className="size-5" />
            {t('visit.button')}
          </Button>
        )}
      </div>
      {data.suspension_reason !== '' && (
        <Notice tone="info" className="mb-5">
          {t('one.suspensionReason', { reason: data.suspension_reason })}
        </Notice>
      )}
      <div className="grid gap-5 lg:grid-cols-3">
        <UsageCard school={data} usage={usage.data} />
        <PlanCard school={data} />
        <Suspense fallback={<Bone className="h-96 lg:col-span-2" />}>
          <LimitsForm school={data} onUnsaved={setLimitsUnsaved} />
        </Suspense>
        <PeopleCard school={data} usage={usage} />
        <Suspense fallback={<Bone className="h-96 lg:col-span-2" />}>
          <NotesForm school={data} onUnsaved={setNotesUnsaved} />
        </Suspense>
        <FeaturesCard school={data} />
        <LeavingCard school={data} />
      </div>
      <div className="mt-4 flex flex-wrap gap-x-6">
        <TextLink to={`${paths.audit('super-admin')}?search=${encodeURIComponent(data.name)}`}>
          {t('one.activity')}
        </TextLink>
        <TextLink to={`${paths.pipeline}?tenant_id=${data.id}`}>{t('one.pipeline')}</TextLink>
      </div>
      <Suspense>
        {isVisiting && <VisitDialog school={data} onClose={() => setVisiting(false)} />}
      </Suspense>
    </>
  )
}
