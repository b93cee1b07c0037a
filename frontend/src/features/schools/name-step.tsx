import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { FormSelect, FormTextField } from '@/components/form/fields'
import { type Draft, MAX_NAME } from './draft'
import { StepForm, type StepProps } from './step-form'

type Values = Pick<Draft, 'school_name' | 'time_zone'>

const makeSchema = (t: TFunction<'schools'>) =>
  z.object({
    school_name: z
      .string()
      .check(
        z.trim(),
        z.minLength(1, t('onboard.nameMissing')),
        z.maxLength(MAX_NAME, t('onboard.nameTooLong')),
      ),
    time_zone: z.string(),
  })

/** Every zone that the browser knows; the one in use first, should the list lack it. */
const zones = (chosen: string) =>
  [...new Set([chosen, 'UTC', ...Intl.supportedValuesOf('timeZone')])]
    .toSorted()
    .map((value) => ({ value, label: value.replaceAll('_', ' ').replaceAll('/', ' / ') }))

export function NameStep(props: StepProps<Values>) {
  const { t } = useTranslation('schools')
  const schema = useMemo(() => makeSchema(t), [t])
  const options = useMemo(() => zones(props.values.time_zone), [props.values.time_zone])
  return (
    <StepForm {...props} schema={schema}>
      <FormTextField<Values>
        name="school_name"
        label={t('onboard.name')}
        hint={t('onboard.nameHint')}
        autoComplete="off"
      />
      <FormSelect<Values>
        name="time_zone"
        label={t('onboard.timeZone')}
        hint={t('onboard.timeZoneHint')}
        options={options}
        className="max-w-sm"
      />
    </StepForm>
  )
}
