import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { FormTextField } from '@/components/form/fields'
import type { Draft } from './draft'
import { StepForm, type StepProps } from './step-form'

type Values = Pick<Draft, 'admin_first_name' | 'admin_last_name' | 'admin_email'>

const makeSchema = (t: TFunction<'schools'>) => {
  const name = () => z.string().check(z.trim(), z.minLength(1, t('onboard.personMissing')))
  return z.object({
    admin_first_name: name(),
    admin_last_name: name(),
    // What an address really is the server knows; this catches slips.
    admin_email: z
      .string()
      .check(z.trim(), z.regex(/^[^\s@]+@[^\s@]+$/, t('onboard.emailInvalid'))),
  })
}

export function AdminStep(props: StepProps<Values>) {
  const { t } = useTranslation('schools')
  const schema = useMemo(() => makeSchema(t), [t])
  return (
    <StepForm {...props} schema={schema}>
      <p className="text-ink-soft">{t('onboard.adminText')}</p>
      <div className="grid gap-5 sm:grid-cols-2">
        <FormTextField<Values>
          name="admin_first_name"
          label={t('onboard.firstName')}
          autoComplete="off"
        />
        <FormTextField<Values>
          name="admin_last_name"
          label={t('onboard.lastName')}
          autoComplete="off"
        />
      </div>
      <FormTextField<Values>
        name="admin_email"
        label={t('onboard.email')}
        hint={t('onboard.emailHint')}
        type="email"
        inputMode="email"
        autoComplete="off"
      />
    </StepForm>
  )
}
