import { useTranslation } from 'react-i18next'
import { Navigate, useNavigate } from 'react-router'
import { Button } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { paths } from '@/config/paths'
import { sessionStore, useSessionStore } from '@/lib/auth/session-store'
import { useSiteName } from '@/lib/tenant/theme-store'

export function SchoolUnavailablePage() {
  const { t } = useTranslation('auth')
  const navigate = useNavigate()
  const school = useSiteName() || t('unavailable.yourSchool')
  const block = useSessionStore((state) => state.schoolBlock)
  if (!block) return <Navigate to={paths.home} replace />

  const retry = () => {
    // Whether the school is open again, the next call to the API will tell.
    sessionStore.setState({ schoolBlock: null })
    void navigate(paths.home)
  }
  return (
    <>
      <PageHeading
        title={
          block === 'trial_expired'
            ? t('unavailable.expiredTitle', { school })
            : t('unavailable.suspendedTitle', { school })
        }
      />
      <div className="mt-3 space-y-3 text-ink-soft">
        <p>{block === 'trial_expired' ? t('unavailable.expired') : t('unavailable.suspended')}</p>
        <p>{t('unavailable.kept')}</p>
        <p>{t('unavailable.contact')}</p>
      </div>
      <Button look="secondary" className="mt-6" onClick={retry}>
        {t('unavailable.retry')}
      </Button>
    </>
  )
}
