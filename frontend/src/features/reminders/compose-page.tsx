import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeading } from '@/components/ui/page-heading'
import { paths } from '@/config/paths'
import { AnnouncementForm } from './announcement-form'
import { ReminderForm } from './reminder-form'

/** Write to people: a reminder of what they have not done, or an announcement. */
export function ComposeReminderPage() {
  const { t } = useTranslation('reminders')
  const [params] = useSearchParams()
  const what = params.get('what') === 'announcement' ? 'announcement' : 'reminder'
  return (
    <>
      <Breadcrumbs items={[{ label: t('title'), to: paths.reminders }]} />
      <PageHeading title={t(`${what}.title`)} />
      <div className="mt-4 mb-5">
        <LinkTabs
          label={t('what')}
          current={what}
          tabs={[
            { id: 'reminder', title: t('reminder.tab'), to: '?' },
            { id: 'announcement', title: t('announcement.tab'), to: '?what=announcement' },
          ]}
        />
      </div>
      <p className="mb-6 max-w-prose text-ink-soft">{t(`${what}.intro`)}</p>
      {what === 'announcement' ? <AnnouncementForm /> : <ReminderForm />}
    </>
  )
}
