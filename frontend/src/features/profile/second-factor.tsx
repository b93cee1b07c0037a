import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/feedback/error-state'
import { Notice } from '@/components/feedback/notice'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { useStepUp } from '@/components/use-step-up'
import { describeError } from '@/lib/api/describe-error'
import {
  confirmSecondFactor,
  disableSecondFactor,
  enrolSecondFactor,
  getSecondFactor,
  type OtpSecret,
} from '@/lib/api/operations'
import { sessionStore } from '@/lib/auth/session-store'
import { showToast } from '@/lib/toasts'
import { FactorCodeForm } from './factor-code-form'
import { RecoveryCodes } from './recovery-codes'

const QrCode = lazy(async () => ({ default: (await import('./qr-code')).QrCode }))

const KEY = ['second-factor']

/** What the person is in the middle of. */
type Step =
  | { at: 'rest' }
  | { at: 'scanning'; secret: OtpSecret }
  | { at: 'keeping'; codes: string[] }
  | { at: 'disabling' }

export function SecondFactor() {
  const { t } = useTranslation('account')
  const { t: tCommon } = useTranslation()
  const queries = useQueryClient()
  const { run, dialog } = useStepUp()
  const [step, setStep] = useState<Step>({ at: 'rest' })
  const [failure, setFailure] = useState<unknown>(null)
  const [pending, setPending] = useState(false)
  const factor = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await getSecondFactor({ signal })).data,
  })
  const refresh = () => queries.invalidateQueries({ queryKey: KEY })

  const begin = async () => {
    setPending(true)
    setFailure(null)
    try {
      await run(async () => {
        const { data } = await enrolSecondFactor()
        setStep({ at: 'scanning', secret: data })
      })
    } catch (error) {
      setFailure(error)
    } finally {
      setPending(false)
    }
  }
  const confirm = async (code: string) => {
    const { data } = await confirmSecondFactor({ body: { code } })
    sessionStore.setState({ needsSecondFactor: false })
    setStep({ at: 'keeping', codes: data.recovery_codes })
    // All other sessions have ended with it.
    await Promise.all([refresh(), queries.invalidateQueries({ queryKey: ['sessions'] })])
  }
  const disable = async (code: string) => {
    await run(async () => {
      await disableSecondFactor({ body: { code } })
      showToast(t('factor.disabled'))
      setStep({ at: 'rest' })
    })
    await refresh()
  }
  const cancel = (
    <Button look="secondary" onClick={() => setStep({ at: 'rest' })}>
      {tCommon('action.cancel')}
    </Button>
  )

  if (factor.isPending) {
    return (
      <Skeleton label={t('factor.loading')}>
        <Bone className="h-24" />
      </Skeleton>
    )
  }
  if (factor.isError) {
    return (
      <ErrorState
        level={3}
        title={t('factor.failed')}
        error={factor.error}
        onRetry={() => void factor.refetch()}
        retrying={factor.isFetching}
      />
    )
  }
  const { is_enrolled: isOn, recovery_codes_left: codesLeft } = factor.data
  return (
    <>
      <Badge tone={isOn ? 'success' : 'neutral'}>{isOn ? t('factor.on') : t('factor.off')}</Badge>
      <p className="mt-2 text-ink-soft">
        {isOn
          ? `${t('factor.isOn')} ${t('factor.codesLeft', { count: codesLeft })}`
          : t('factor.why')}
      </p>
      {failure !== null && (
        <Notice tone="danger" role="alert" className="mt-3">
          {describeError(failure, tCommon)}
        </Notice>
      )}
      {step.at === 'rest' &&
        (isOn ? (
          <Button look="secondary" className="mt-4" onClick={() => setStep({ at: 'disabling' })}>
            {t('factor.disable')}
          </Button>
        ) : (
          <Button look="secondary" className="mt-4" pending={pending} onClick={() => void begin()}>
            {t('factor.begin')}
          </Button>
        ))}
      {step.at === 'scanning' && (
        <div className="mt-4">
          <p className="mb-3">{t('factor.scan')}</p>
          <Suspense fallback={<Bone className="size-52" />}>
            <QrCode text={step.secret.uri} label={t('factor.picture')} />
          </Suspense>
          <p className="mt-3 text-ink-soft">{t('factor.byHand')}</p>
          <p>
            <code className="rounded bg-page px-1.5 py-0.5 break-all select-all">
              {step.secret.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}
            </code>
          </p>
          <FactorCodeForm submitLabel={t('factor.confirm')} inputMode="numeric" onSubmit={confirm}>
            {cancel}
          </FactorCodeForm>
        </div>
      )}
      {step.at === 'keeping' && (
        <RecoveryCodes codes={step.codes} onKept={() => setStep({ at: 'rest' })} />
      )}
      {step.at === 'disabling' && (
        <div className="mt-4">
          <p>{t('factor.disableText')}</p>
          <FactorCodeForm submitLabel={t('factor.disable')} inputMode="text" onSubmit={disable}>
            {cancel}
          </FactorCodeForm>
        </div>
      )}
      {dialog}
    </>
  )
}
