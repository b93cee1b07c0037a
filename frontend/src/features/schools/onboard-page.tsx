import { lazy, Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { UnsavedGuard } from '@/components/form/unsaved-guard'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { Card } from '@/components/ui/card'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import type { Draft, Step } from './draft'
import { NameStep } from './name-step'
import { StepList } from './step-list'
import { useOnboarding } from './use-onboarding'

// What comes after the first step is fetched when it is reached.
const AddressStep = lazy(async () => ({ default: (await import('./address-step')).AddressStep }))
const AdminStep = lazy(async () => ({ default: (await import('./admin-step')).AdminStep }))
const PlanStep = lazy(async () => ({ default: (await import('./plan-step')).PlanStep }))
const ReviewStep = lazy(async () => ({ default: (await import('./review-step')).ReviewStep }))
const OpenedView = lazy(async () => ({ default: (await import('./opened-view')).OpenedView }))

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

  if (opening.data) {
    return (
      <Suspense>
        <OpenedView opened={opening.data} onAnother={wizard.startAnew} />
      </Suspense>
    )
  }

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
        <Suspense fallback={<Bone className="h-64" />}>
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
        </Suspense>
      </Card>
    </div>
  )
}
