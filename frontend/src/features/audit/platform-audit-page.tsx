import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'
import { AuditList } from './audit-list'

/** What operators have done on the platform, and administrators in all its schools. */
export function PlatformAuditPage() {
  const { t } = useTranslation('audit')
  return (
    <>
      <PageHeading title={t('title')} />
      <p className="mt-2 mb-6 max-w-prose text-ink-soft">{t('introPlatform')}</p>
      <AuditList
        scope="platform"
        objects={['school', 'impersonation', 'user', 'course', 'video']}
      />
    </>
  )
}
