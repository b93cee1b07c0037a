import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { FormTextField } from '@/components/form/fields'
import { TextButton } from '@/components/ui/text-link'
import { ApiError } from '@/lib/api/problem'
import { schoolHost } from '@/lib/tenant/school-address'
import { useDebounced } from '@/lib/use-debounced'
import { adviceQuery } from './queries'
import { AddressVerdict } from './address-verdict'
import type { Draft } from './draft'
import { StepForm, type StepProps } from './step-form'

type Values = Pick<Draft, 'subdomain'>

/** Typing rests when nothing came for this long, in milliseconds. */
const REST_MS = 350

/** People type addresses as they see them elsewhere. */
export const tidyAddress = (typed: string): string => typed.trim().toLowerCase()

export function AddressStep({ schoolName, ...props }: StepProps<Values> & { schoolName: string }) {
  const { t } = useTranslation('schools')
  const queries = useQueryClient()
  const schema = useMemo(
    () =>
      z.object({
        subdomain: z.pipe(
          z.string().check(z.minLength(1, t('onboard.addressMissing'))),
          z.transform(tidyAddress),
        ),
      }),
    [t],
  )
  // The last word before the next step: a field error now is better than one after the review.
  const check = async ({ subdomain }: Values) => {
    const advice = await queries.fetchQuery(adviceQuery(schoolName, subdomain))
    if (advice.problem === null) return
    const { problem: code, message } = advice
    throw new ApiError({
      status: 400,
      code: 'validation_error',
      detail: '',
      fields: [{ field: 'subdomain', code, message: message ?? '' }],
      retryAfterSeconds: null,
      requestId: null,
    })
  }
  return (
    <StepForm {...props} schema={schema} check={check}>
      <AddressQuestion schoolName={schoolName} />
    </StepForm>
  )
}

function AddressQuestion({ schoolName }: { schoolName: string }) {
  const { t } = useTranslation('schools')
  const { setValue, clearErrors } = useFormContext<Values>()
  const typed = tidyAddress(useWatch<Values, 'subdomain'>({ name: 'subdomain' }))
  const rested = useDebounced(typed, REST_MS)
  const advice = useQuery({ ...adviceQuery(schoolName, rested), enabled: rested !== '' })
  const offered = advice.data?.suggestion
  return (
    <>
      <p className="text-ink-soft">{t('onboard.addressText', { name: schoolName })}</p>
      <FormTextField<Values>
        name="subdomain"
        label={t('onboard.address')}
        hint={t('onboard.addressHint')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <div className="space-y-1">
        <p className="break-all">
          {t('onboard.addressPreview')} <strong>{schoolHost(typed || '…')}</strong>
        </p>
        {rested === typed && rested !== '' && <AddressVerdict advice={advice} />}
        {advice.data?.problem && offered && (
          <TextButton
            onClick={() => {
              clearErrors('subdomain')
              setValue('subdomain', offered, { shouldDirty: true })
            }}
          >
            {t('onboard.useSuggestion', { address: offered })}
          </TextButton>
        )}
      </div>
    </>
  )
}
