import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { LanguageSwitch } from '@/components/language-switch'
import { LinkButton } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import { displayName } from '@/lib/auth/roles'
import { useSessionStore } from '@/lib/auth/session-store'
import { PhotoForm } from './photo-form'
import { PreferencesForm } from './preferences-form'
import { SecondFactor } from './second-factor'
import { Section } from './section'
import { SessionList } from './session-list'
import { WatchingForm } from './watching-form'

/** Checking what is typed takes more code than the rest of the page. */
const AboutForm = lazy(async () => ({ default: (await import('./about-form')).AboutForm }))

export function ProfilePage() {
  const { t } = useTranslation('account')
  const { user, visit, needsSecondFactor } = useSessionStore((state) => state)
  if (!user) return null
  if (visit) {
    return (
      <>
        <PageHeading title={t('title')} />
        <p className="mt-2 text-ink-soft">{t('visiting', { name: displayName(user) })}</p>
      </>
    )
  }
  const belongsToSchool = user.role !== 'SUPER_ADMIN'
  return (
    <>
      <PageHeading title={t('title')} />
      {needsSecondFactor && (
        <Notice tone="info" role="status" className="mt-4">
          {t('secondFactorFirst')}
        </Notice>
      )}
      <div className="mt-6 space-y-6">
        {belongsToSchool && (
          <Section title={t('about.title')}>
            <PhotoForm user={user} />
            <Suspense fallback={<Bone className="h-72 animate-appear-late" />}>
              <AboutForm user={user} />
            </Suspense>
          </Section>
        )}
        <Section title={t('language.title')}>
          <p className="mb-3 text-ink-soft">{t('language.text')}</p>
          <LanguageSwitch />
        </Section>
        {belongsToSchool && user.role !== 'SCHOOL_ADMIN' && (
          <Section title={t('watching.title')}>
            <WatchingForm />
          </Section>
        )}
        {belongsToSchool && (
          <Section title={t('preferences.title')}>
            <PreferencesForm />
          </Section>
        )}
        <Section title={t('password.title')}>
          <p className="mb-3 text-ink-soft">{t('password.text')}</p>
          <LinkButton look="secondary" to={paths.changePassword}>
            {t('password.change')}
          </LinkButton>
        </Section>
        <Section title={t('factor.title')}>
          <SecondFactor />
        </Section>
        <Section title={t('sessions.title')}>
          <SessionList />
        </Section>
      </div>
    </>
  )
}
