import { ArrowLeftIcon } from '@heroicons/react/20/solid'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { TextButton } from '@/components/ui/text-link'
import { describeError } from '@/lib/api/describe-error'
import { schoolHost } from '@/lib/tenant/school-address'
import type { Draft, Step } from './draft'

interface ReviewStepProps {
  draft: Draft
  onEdit: (step: Step) => void
  onBack: () => void
  onSubmit: () => void
  pending: boolean
  /** What the server said that is about no single field. */
  error: unknown
}

/** Everything once more, before the school is there and its administrator gets a mail. */
export function ReviewStep({ draft, onEdit, onBack, onSubmit, pending, error }: ReviewStepProps) {
  const { t } = useTranslation('schools')
  const { t: tCommon } = useTranslation()
  return (
    <div className="space-y-5">
      {error != null && (
        <Notice tone="danger" role="alert">
          <strong>{t('onboard.failed')}</strong> {describeError(error, tCommon)}
        </Notice>
      )}
      <dl className="divide-y divide-line rounded-lg border border-line">
        <Fact label={t('onboard.name')} step="name" onEdit={onEdit}>
          {draft.school_name}
          <span className="block text-sm text-ink-soft">
            {draft.time_zone.replaceAll('_', ' ')}
          </span>
        </Fact>
        <Fact label={t('onboard.address')} step="address" onEdit={onEdit}>
          <span className="break-all">{schoolHost(draft.subdomain)}</span>
        </Fact>
        <Fact label={t('onboard.admin')} step="admin" onEdit={onEdit}>
          {draft.admin_first_name} {draft.admin_last_name}
          <span className="block text-sm break-all text-ink-soft">{draft.admin_email}</span>
        </Fact>
        <Fact label={t('onboard.plan')} step="plan" onEdit={onEdit}>
          {t(`plan.${draft.plan}`)}
          <span className="block text-sm text-ink-soft">
            {t('onboard.trialDays', { count: draft.trial_days ?? 0 })}
          </span>
        </Fact>
      </dl>
      <p className="text-ink-soft">{t('onboard.whatNext', { email: draft.admin_email })}</p>
      <div className="flex flex-wrap justify-between gap-3 pt-2">
        <Button look="secondary" onClick={onBack}>
          <ArrowLeftIcon aria-hidden="true" className="size-5" />
          {t('onboard.back')}
        </Button>
        <Button onClick={onSubmit} pending={pending}>
          {pending ? t('onboard.opening') : t('onboard.open')}
        </Button>
      </div>
    </div>
  )
}

interface FactProps {
  label: string
  step: Step
  onEdit: (step: Step) => void
  children: ReactNode
}

function Fact({ label, step, onEdit, children }: FactProps) {
  const { t } = useTranslation('schools')
  return (
    <div className="flex flex-wrap items-start gap-x-4 px-4 py-3">
      <dt className="w-full text-ink-soft sm:w-40">{label}</dt>
      <dd className="flex min-w-0 flex-1 items-start justify-between gap-3">
        <div className="min-w-0 font-medium">{children}</div>
        <TextButton
          className="-my-2.5 shrink-0"
          aria-label={`${t('onboard.change')}: ${label}`}
          onClick={() => onEdit(step)}
        >
          {t('onboard.change')}
        </TextButton>
      </dd>
    </div>
  )
}
