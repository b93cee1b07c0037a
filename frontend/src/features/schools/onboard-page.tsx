import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { UnsavedGuard } from '@/components/form/unsaved-guard'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { Card } from '@/components/ui/card'
import { PageHeading } from '@/components/ui/page-heading'
import { paths } from '@/config/paths'
import { AddressStep } from './address-step'
import { AdminStep } from './admin-step'
import type { Draft, Step } from './draft'
import { NameStep } from './name-step'
import { OpenedView } from './opened-view'
import { PlanStep } from './plan-step'
import { ReviewStep } from './review-step'
import { StepList } from './step-list'
import { useOnboarding } from './use-onboarding'

export function OnboardPage() {
  const { t } = useTranslation('schools')
  const wizard = useOnboarding()
  const { draft, step, goTo, keep, problems, opening } = wizard
  const heading = useRef<HTMLHeadingElement>(null)
  const isFirst = useRef(true)
  useEffect(() => {
    // The first step comes with the page, whose heading has the focus; a refused field takes it itself.
    if (isFirst.current) isFirst.current = false
    else if (problems.length === 0) heading.current?.focus()
    // Only another step moves the focus.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [step])

  if (opening.data) return <OpenedView opened={opening.data} onAnother={wizard.startAnew} />

  /** How a step is left: forward and back, with what was entered. */
  const leads = (before: Step, after: Step) => ({
    problems: problems,
    onNext: (values: Partial<Draft>) => {
      keep(values)
      goTo(after)
    },
    onBack: (values: Partial<Draft>) => {
      keep(values)
      goTo(before)
    },
  })
  return (
    <div className="mx-auto max-w-2xl">
      <UnsavedGuard when={wizard.isUnsaved && !opening.isPending} />
      <Breadcrumbs items={[{ label: t('title'), to: paths.schools }]} />
      <PageHeading title={t('onboard.title')} className="mb-5" />
      <StepList current={step} />
      <Card className="mt-5">
        <h2 ref={heading} tabIndex={-1} className="mb-4 text-xl font-bold outline-none">
          {t(`onboard.heading.${step}`)}
        </h2>
        {step === 'name' && (
          <NameStep
            values={{ school_name: draft.school_name, time_zone: draft.time_zone }}
            problems={problems}
            onNext={wizard.keepName}
          />
        )}
        {step === 'address' && (
          <AddressStep
            schoolName={draft.school_name}
            values={{ subdomain: draft.subdomain }}
            {...leads('name', 'admin')}
          />
        )}
        {step === 'admin' && (
          <AdminStep
            values={{
              admin_first_name: draft.admin_first_name,
              admin_last_name: draft.admin_last_name,
              admin_email: draft.admin_email,
            }}
            {...leads('address', 'plan')}
          />
        )}
        {step === 'plan' && (
          <PlanStep
            values={{ plan: draft.plan, trial_days: draft.trial_days }}
            {...leads('admin', 'review')}
          />
        )}
        {step === 'review' && (
          <ReviewStep
            draft={draft}
            onEdit={goTo}
            onBack={() => goTo('plan')}
            onSubmit={() => opening.mutate()}
            pending={opening.isPending}
            error={wizard.failure}
          />
        )}
      </Card>
    </div>
  )
}
