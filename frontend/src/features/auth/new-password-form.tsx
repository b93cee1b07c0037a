import { zodResolver } from '@hookform/resolvers/zod'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { PasswordField } from '@/components/ui/text-field'
import { describeError } from '@/lib/api/describe-error'
import { showFieldErrors } from '@/lib/api/form-errors'
import { MIN_PASSWORD_LENGTH } from './password-rules'

const makeSchema = (t: TFunction<'auth'>) =>
  z.object({
    new_password: z
      .string()
      .check(
        z.minLength(MIN_PASSWORD_LENGTH, t('password.tooShort', { count: MIN_PASSWORD_LENGTH })),
      ),
  })

interface NewPasswordFormProps {
  submitLabel: string
  pendingLabel: string
  /** Sends the password. What it throws is shown here. */
  onSubmit: (password: string) => Promise<void>
}

/** One field, not two: whoever wants to see what they typed can have it shown. */
export function NewPasswordForm({ submitLabel, pendingLabel, onSubmit }: NewPasswordFormProps) {
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
    defaultValues: { new_password: '' },
  })

  const submit = handleSubmit(async ({ new_password }) => {
    setFailure(null)
    try {
      await onSubmit(new_password)
    } catch (error) {
      if (!showFieldErrors(error, ['new_password'], setError)) setFailure(error)
    }
  })

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="mt-6 space-y-5">
      {failure !== null && (
        <Notice tone="danger" role="alert">
          {describeError(failure, tCommon)}
        </Notice>
      )}
      <PasswordField
        label={t('password.new')}
        hint={t('password.hint', { count: MIN_PASSWORD_LENGTH })}
        autoComplete="new-password"
        error={errors.new_password?.message}
        {...register('new_password')}
      />
      <Button type="submit" pending={isSubmitting} className="w-full">
        {isSubmitting ? pendingLabel : submitLabel}
      </Button>
    </form>
  )
}
