import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { PageHeading } from '@/components/ui/page-heading'
import { safeNextPath } from '@/config/paths'
import { homePath } from '@/lib/auth/roles'
import { useSchoolName } from '@/lib/tenant/theme-store'
import { LoginForm } from './login-form'

export function LoginPage() {
  const { t } = useTranslation('auth')
  const school = useSchoolName()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  return (
    <>
      <PageHeading title={t('login.title')} />
      <p className="mt-2 text-ink-soft">
        {school ? t('login.introSchool', { school }) : t('login.intro')}
      </p>
      <LoginForm
        onSignedIn={(user) => {
          // A person who must choose a password first would only be sent on from anywhere else.
          const next = user.must_change_password ? null : safeNextPath(search.get('next'))
          void navigate(next ?? homePath(user), { replace: true })
        }}
      />
      <p className="mt-6 text-sm text-ink-soft">{t('login.help')}</p>
    </>
  )
}
