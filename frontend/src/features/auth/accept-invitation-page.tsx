import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { LinkButton } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { paths } from '@/config/paths'
import { acceptInvitation } from '@/lib/api/operations'
import { homePath } from '@/lib/auth/roles'
import { signIn } from '@/lib/auth/sign-in'
import { useSiteName } from '@/lib/tenant/theme-store'
import { isDeadLink } from './is-dead-link'
import { NewPasswordForm } from './new-password-form'
import { useMailedLink } from './use-mailed-link'

export function AcceptInvitationPage() {
  const { t } = useTranslation('auth')
  const school = useSiteName() || t('unavailable.yourSchool')
  const navigate = useNavigate()
  const link = useMailedLink()
  const [isDead, setDead] = useState(link === null)

  if (isDead || !link) {
    return (
      <>
        <PageHeading key="dead" title={t('invitation.badTitle')} />
        <p role="status" className="mt-2 text-ink-soft">
          {t('invitation.bad')}
        </p>
        <LinkButton to={paths.login} className="mt-6 w-full">
          {t('login.title')}
        </LinkButton>
      </>
    )
  }
  return (
    <>
      <PageHeading title={t('invitation.title', { school })} />
      <p className="mt-2 text-ink-soft">{t('invitation.intro')}</p>
      <NewPasswordForm
        submitLabel={t('invitation.submit')}
        pendingLabel={t('invitation.pending')}
        onSubmit={async (password) => {
          let email: string
          try {
            const { data } = await acceptInvitation({ body: { ...link, new_password: password } })
            email = data.email
          } catch (error) {
            if (!isDeadLink(error)) throw error
            setDead(true)
            return
          }
          // The invitation is used up: whatever goes wrong from here on, the form cannot be sent
          // again, and the sign-in page is the way on.
          const user = await signIn(email, password).catch(() => null)
          void navigate(user ? homePath(user) : paths.login, { replace: true })
        }}
      />
    </>
  )
}
