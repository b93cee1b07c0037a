import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { PageHeading } from '@/components/ui/page-heading'
import { TextLink } from '@/components/ui/text-link'
import { paths, safeNextPath } from '@/config/paths'
import { homePath } from '@/lib/auth/roles'
import { useIsPlatform, useSiteName } from '@/lib/tenant/theme-store'
import type { User } from '@/lib/api/operations'
import { CodeForm } from './code-form'
import { type Credentials, LoginForm } from './login-form'

export function LoginPage() {
  const { t } = useTranslation('auth')
  const site = useSiteName()
  const isPlatform = useIsPlatform()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  /** Right email and password of somebody whose account asks for a code as well. */
  const [credentials, setCredentials] = useState<Credentials | null>(null)

  const enter = (user: User) => {
    // A person who must choose a password first would only be sent on from anywhere else.
    const next = user.must_change_password ? null : safeNextPath(search.get('next'))
    void navigate(next ?? homePath(user), { replace: true })
  }

  if (credentials) {
    return (
      <CodeForm
        credentials={credentials}
        onSignedIn={enter}
        onStartOver={() => setCredentials(null)}
      />
    )
  }

  const welcome = site ? t('login.introSchool', { school: site }) : t('login.intro')
  return (
    <>
      <PageHeading title={t('login.title')} />
      <p className="mt-2 text-ink-soft">{isPlatform ? t('login.introPlatform') : welcome}</p>
      <LoginForm onSignedIn={enter} onCodeWanted={setCredentials} />
      {isPlatform ? (
        <p className="mt-6 text-sm text-ink-soft">{t('login.helpPlatform')}</p>
      ) : (
        <>
          <p className="mt-4">
            <TextLink to={paths.forgotPassword}>{t('login.forgot')}</TextLink>
          </p>
          <p className="mt-2 text-sm text-ink-soft">{t('login.help')}</p>
        </>
      )}
    </>
  )
}
