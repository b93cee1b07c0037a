import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import { confirmPasswordReset } from '@/lib/api/operations'
import { isDeadLink } from './is-dead-link'
import { NewPasswordForm } from './new-password-form'
import { useMailedLink } from './use-mailed-link'

export function ResetPasswordPage() {
  const { t } = useTranslation('auth')
  const link = useMailedLink()
  const [state, setState] = useState<'asking' | 'done' | 'dead'>(link ? 'asking' : 'dead')

  if (state === 'done') {
    return (
      <>
        <PageHeading key="done" title={t('reset.doneTitle')} />
        <p role="status" className="mt-2 text-ink-soft">
          {t('reset.done')}
        </p>
        <LinkButton to={paths.login} className="mt-6 w-full">
          {t('login.title')}
        </LinkButton>
      </>
    )
  }
  if (state === 'dead' || !link) {
    return (
      <>
        <PageHeading key="dead" title={t('reset.badTitle')} />
        <p role="status" className="mt-2 text-ink-soft">
          {t('reset.bad')}
        </p>
        <LinkButton to={paths.forgotPassword} className="mt-6 w-full">
          {t('reset.newLink')}
        </LinkButton>
        <TextLink to={paths.login} className="mt-2">
          {t('forgot.back')}
        </TextLink>
      </>
    )
  }
  return (
    <>
      <PageHeading title={t('reset.title')} />
      <p className="mt-2 text-ink-soft">{t('reset.intro')}</p>
      <NewPasswordForm
        submitLabel={t('password.submit')}
        pendingLabel={t('password.pending')}
        onSubmit={async (password) => {
          try {
            await confirmPasswordReset({ body: { ...link, new_password: password } })
            setState('done')
          } catch (error) {
            if (!isDeadLink(error)) throw error
            setState('dead')
          }
        }}
      />
    </>
  )
}
