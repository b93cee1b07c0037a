import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { WidgetBoundary } from '@/components/feedback/widget-boundary'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone } from '@/components/ui/skeleton'
import { useSessionStore } from '@/lib/auth/session-store'
import { loadWords } from '@/lib/i18n'
import { ActivityFigure } from './activity-figure'
import { Figures } from './figures'
import { OnboardingChecklist } from './onboarding-checklist'
import { OverdueCard } from './overdue-card'
import { TrialNotice } from './trial-notice'

/** It tells in the words of the activity log, which the rest of the page does not need. */
const RecentActivity = lazy(async () => {
  const [{ RecentActivity: Component }] = await Promise.all([
    import('./recent-activity'),
    loadWords('audit'),
  ])
  return { default: Component }
})

/** The school at a glance: what is to be set up, how it goes, who is late, what happened. */
export function AdminDashboardPage() {
  const { t } = useTranslation('admin')
  const user = useSessionStore((state) => state.user)
  return (
    <>
      <PageHeading title={t('start.title')}>
        {user?.first_name ? t('start.hello', { name: user.first_name }) : t('start.title')}
      </PageHeading>
      <p className="mt-2 text-ink-soft">{t('start.intro')}</p>
      <div className="mt-6 space-y-5">
        <TrialNotice />
        <OnboardingChecklist />
        <Figures />
        <div className="grid gap-5 xl:grid-cols-2">
          <OverdueCard />
          <ActivityFigure />
        </div>
        <WidgetBoundary title={t('recent.failed')}>
          <Suspense fallback={<Bone className="h-64" />}>
            <RecentActivity />
          </Suspense>
        </WidgetBoundary>
      </div>
    </>
  )
}
