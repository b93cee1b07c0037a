import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageHeading } from '@/components/ui/page-heading'
import { Button } from '@/components/ui/button'
import { TextButton, TextLink } from '@/components/ui/text-link'
import { Notice } from '@/components/feedback/notice'
import { paths } from '@/config/paths'
import { describeError, describeWait } from '@/lib/api/describe-error'
import { requestPasswordReset } from '@/lib/api/operations'
import { AddressForm } from './address-form'
import { useCountdown } from './use-countdown'

/** How long somebody waits before asking again, in seconds: mail takes its time. */
const PATIENCE_S = 60

export function ForgotPasswordPage() {
  const { t } = useTranslation('auth')
  const { t: tCommon } = useTranslation()
  const [sentTo, setSentTo] = useState<string | null>(null)
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const [secondsLeft, startCountdown] = useCountdown()

  const send = async (email: string) => {
    await requestPasswordReset({ body: { email } })
    setSentTo(email)
    startCountdown(PATIENCE_S)
  }
  const sendAgain = async (email: string) => {
    setPending(true)
    setFailure(null)
    try {
      await send(email)
    } catch (error) {
      setFailure(error)
    } finally {
      setPending(false)
    }
  }

  if (sentTo === null) {
    return (
      <>
        <PageHeading title={t('forgot.title')} />
        <p className="mt-2 text-ink-soft">{t('forgot.intro')}</p>
        <AddressForm
          submitLabel={t('forgot.submit')}
          pendingLabel={t('forgot.pending')}
          onSubmit={send}
        />
        <TextLink to={paths.login} className="mt-4">
          {t('forgot.back')}
        </TextLink>
      </>
    )
  }
  return (
    <>
      <PageHeading key="sent" title={t('forgot.sentTitle')} />
      <div role="status" className="mt-2 space-y-3 text-ink-soft">
        <p className="break-words">{t('forgot.sent', { email: sentTo })}</p>
        <p>{t('forgot.nothing')}</p>
      </div>
      {failure !== null && (
        <Notice tone="danger" role="alert" className="mt-4">
          {describeError(failure, tCommon)}
        </Notice>
      )}
      {secondsLeft > 0 ? (
        <p className="mt-6 flex min-h-11 items-center text-ink-soft">
          {t('forgot.againIn', { wait: describeWait(secondsLeft, tCommon) })}
        </p>
      ) : (
        <Button
          look="secondary"
          className="mt-6"
          pending={pending}
          onClick={() => void sendAgain(sentTo)}
        >
          {t('forgot.again')}
        </Button>
      )}
      <div className="mt-2 flex flex-col items-start">
        <TextButton onClick={() => setSentTo(null)}>{t('forgot.otherAddress')}</TextButton>
        <TextLink to={paths.login}>{t('forgot.back')}</TextLink>
      </div>
    </>
  )
}
