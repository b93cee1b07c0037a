import { zodResolver } from '@hookform/resolvers/zod'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/text-field'
import { describeError } from '@/lib/api/describe-error'
import { showFieldErrors } from '@/lib/api/form-errors'

const makeSchema = (t: TFunction<'auth'>) =>
  z.object({
    email: z.string().check(z.trim(), z.regex(/^\S+@\S+$/, t('login.emailMissing'))),
  })

interface AddressFormProps {
  submitLabel: string
  pendingLabel: string
  /** Sends the address. What it throws is shown here. */
  onSubmit: (email: string) => Promise<void>
}

/** Asks for the address to which a link is to go. */
export function AddressForm({ submitLabel, pendingLabel, onSubmit }: AddressFormProps) {
  const { t } = useTranslation('auth')
  const { t: tCommon } = useTranslation()
  const [failure, setFailure] = useState<unknown>(null)
  const {
    register,
    handleSubmit,
    setError,
    formState: { errors, isSubmitting },
  } = useForm({
    resolver: zodResolver(makeSchema(t)),
    mode: 'onTouched',
    defaultValues: { email: '' },
  })
  const submit = handleSubmit(async ({ email }) => {
    setFailure(null)
    try {
      await onSubmit(email)
    } catch (error) {
      if (!showFieldErrors(error, ['email'], setError)) setFailure(error)
    }
  })
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="mt-6 space-y-5">
      {failure !== null && (
        <Notice tone="danger" role="alert">
          {describeError(failure, tCommon)}
        </Notice>
      )}
      <TextField
        label={t('login.email')}
        type="email"
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        error={errors.email?.message}
        {...register('email')}
      />
      <Button type="submit" pending={isSubmitting} className="w-full">
        {isSubmitting ? pendingLabel : submitLabel}
      </Button>
    </form>
  )
}
