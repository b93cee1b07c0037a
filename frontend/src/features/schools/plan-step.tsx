import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { FormNumberField, FormRadioGroup } from '@/components/form/fields'
import { PLANS } from './queries'
import { usePlanChoices } from './use-plan-choices'
import { type Draft, MAX_TRIAL_DAYS } from './draft'
import { StepForm, type StepProps } from './step-form'

type Values = Pick<Draft, 'plan' | 'trial_days'>

const makeSchema = (t: TFunction<'schools'>) => {
  const message = t('onboard.trialRange', { most: MAX_TRIAL_DAYS })
  const days = z
    .number(message)
    .check(z.int(message), z.gte(1, message), z.lte(MAX_TRIAL_DAYS, message))
  return z.object({
    plan: z.enum(PLANS),
    trial_days: z.nullable(days).check(z.refine((value) => value !== null, message)),
  })
}

export function PlanStep(props: StepProps<Values>) {
  const { t } = useTranslation('schools')
  const schema = useMemo(() => makeSchema(t), [t])
  const choices = usePlanChoices()
  return (
    <StepForm {...props} schema={schema}>
      <FormRadioGroup<Values>
        name="plan"
        label={t('onboard.plan')}
        hint={t('onboard.planHint')}
        options={choices}
      />
      <FormNumberField<Values>
        name="trial_days"
        label={t('onboard.trial')}
        hint={t('onboard.trialHint')}
        unit={t('onboard.days')}
      />
    </StepForm>
  )
}
