import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Button, LinkButton } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import { describeError } from '@/lib/api/describe-error'
import { resendVerification, verifyEmail } from '@/lib/api/operations'
import { useSiteName } from '@/lib/tenant/theme-store'
import { AddressForm } from './address-form'
import { isDeadLink } from './is-dead-link'
import { useMailedLink } from './use-mailed-link'

/**
 * Confirms on a click and not by itself: programs that look through mail open every link, and a link
 * that works once would be used up before the person sees it.
 */
export function VerifyEmailPage() {
  const { t } = useTranslation('auth')
  const { t: tCommon } = useTranslation()
  const school = useSiteName() || t('unavailable.yourSchool')
  const link = useMailedLink()
  const [state, setState] = useState<'asking' | 'done' | 'dead'>(link ? 'asking' : 'dead')
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const [sentTo, setSentTo] = useState<string | null>(null)

  const confirm = async () => {
    if (!link) return
    setPending(true)
    setFailure(null)
    try {
      await verifyEmail({ body: link })
      setState('done')
    } catch (error) {
      if (isDeadLink(error)) setState('dead')
      else setFailure(error)
    } finally {
      setPending(false)
    }
  }

  if (state === 'done') {
    return (
      <>
        <PageHeading key="done" title={t('verify.doneTitle')} />
        <p role="status" className="mt-2 text-ink-soft">
          {t('verify.done')}
        </p>
        <LinkButton to={paths.home} className="mt-6 w-full">
          {t('password.continue')}
        </LinkButton>
      </>
    )
  }
  if (state === 'dead') {
    return (
      <>
        <PageHeading key="dead" title={t('verify.badTitle')} />
        <p role="status" className="mt-2 text-ink-soft">
          {t('verify.bad')}
        </p>
        {sentTo === null ? (
          <AddressForm
            submitLabel={t('reset.newLink')}
            pendingLabel={t('forgot.pending')}
            onSubmit={async (email) => {
              await resendVerification({ body: { email } })
              setSentTo(email)
            }}
          />
        ) : (
          <Notice tone="success" role="status" className="mt-6">
            {t('verify.sent', { email: sentTo })}
          </Notice>
        )}
        <TextLink to={paths.login} className="mt-4">
          {t('forgot.back')}
        </TextLink>
      </>
    )
  }
  return (
    <>
      <PageHeading title={t('verify.title')} />
      <p className="mt-2 text-ink-soft">{t('verify.intro', { school })}</p>
      {failure !== null && (
        <Notice tone="danger" role="alert" className="mt-4">
          {describeError(failure, tCommon)}
        </Notice>
      )}
      <Button pending={pending} onClick={() => void confirm()} className="mt-6 w-full">
        {pending ? t('verify.pending') : t('verify.submit')}
      </Button>
    </>
  )
}
