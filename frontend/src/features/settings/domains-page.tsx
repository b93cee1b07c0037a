import { GlobeAltIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { Notice } from '@/components/feedback/notice'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { AddDomainForm } from './add-domain-form'
import { DomainCard } from './domain-card'
import { domainsQuery } from './queries'
import { SettingsFrame } from './settings-frame'

/** Under which host names of its own a school is reached. */
export function DomainsPage() {
  const { t } = useTranslation('settings')
  return (
    <SettingsFrame title={t('domains.title')} intro={t('domains.intro')}>
      {(settings) => (
        <div className="max-w-3xl space-y-6">
          {location.hostname.startsWith(`${settings.subdomain}.`) && (
            <p>
              {t('domains.always')} <strong className="wrap-anywhere">{location.host}</strong>
            </p>
          )}
          {settings.features.CUSTOM_DOMAIN ? (
            <>
              <AddDomainForm />
              <DomainList />
            </>
          ) : (
            <Notice tone="info">{t('domains.notInPlan')}</Notice>
          )}
        </div>
      )}
    </SettingsFrame>
  )
}

function DomainList() {
  const { t } = useTranslation('settings')
  const domains = useQuery(domainsQuery)
  if (domains.data?.length === 0) {
    return (
      <EmptyState icon={GlobeAltIcon} title={t('domains.empty')}>
        {t('domains.emptyText')}
      </EmptyState>
    )
  }
  if (domains.data) {
    return (
      <ul className="space-y-4">
        {domains.data.map((domain) => (
          <li key={domain.id}>
            <DomainCard domain={domain} />
          </li>
        ))}
      </ul>
    )
  }
  if (domains.error) {
    return (
      <ErrorState
        title={t('domains.failed')}
        error={domains.error}
        onRetry={() => void domains.refetch()}
        retrying={domains.isRefetching}
      />
    )
  }
  return (
    <Skeleton label={t('domains.loading')}>
      <Bone className="h-32" />
    </Skeleton>
  )
}
