import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'
import { AuditList } from './audit-list'
import { timeZoneQuery } from './queries'

/** What administrators, and operators on a visit, have done in this school. */
export function SchoolAuditPage() {
  const { t } = useTranslation('audit')
  const timeZone = useQuery(timeZoneQuery).data
  return (
    <>
      <PageHeading title={t('title')} />
      <p className="mt-2 mb-6 max-w-prose text-ink-soft">
        {t('introSchool')} {timeZone && t('clock', { zone: timeZone.replaceAll('_', ' ') })}
      </p>
      <AuditList
        scope="school"
        timeZone={timeZone}
        objects={[
          'course',
          'module',
          'content',
          'assignment',
          'submission',
          'user',
          'group',
          'reminder',
          'announcement',
          'domain',
          'school',
        ]}
      />
    </>
  )
}
