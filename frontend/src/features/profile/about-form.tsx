import { zodResolver } from '@hookform/resolvers/zod'
import type { TFunction } from 'i18next'
import { useEffect, useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { Notice } from '@/components/feedback/notice'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { TextArea } from '@/components/ui/text-area'
import { TextField } from '@/components/ui/text-field'
import { TextButton } from '@/components/ui/text-link'
import { describeError } from '@/lib/api/describe-error'
import { showFieldErrors } from '@/lib/api/form-errors'
import { editMe, resendVerification, type User } from '@/lib/api/operations'
import { sessionStore } from '@/lib/auth/session-store'
import { useInterruptedWork } from '@/lib/interrupted-work'
import { showToast } from '@/lib/toasts'

const makeSchema = (t: TFunction<'account'>) => {
  const name = () => z.string().check(z.trim(), z.minLength(1, t('about.nameMissing')))
  return z.object({ first_name: name(), last_name: name(), bio: z.string().check(z.trim()) })
}

const MAX_BIO = 2000

export function AboutForm({ user }: { user: User }) {
  const { t } = useTranslation('account')
  const { t: tCommon } = useTranslation()
  const [failure, setFailure] = useState<unknown>(null)
  const {
    register,
    handleSubmit,
    setError,
    reset,
    getValues,
    formState: { errors, isDirty, isSubmitting },
  } = useForm({
    resolver: zodResolver(makeSchema(t)),
    mode: 'onTouched',
    defaultValues: { first_name: user.first_name, last_name: user.last_name, bio: user.bio },
  })

  const interrupted = useInterruptedWork('about', () => (isDirty ? getValues() : null))
  useEffect(() => {
    if (interrupted) reset({ ...getValues(), ...interrupted }, { keepDefaultValues: true })
  }, [interrupted, reset, getValues])

  const submit = handleSubmit(async (values) => {
    setFailure(null)
    try {
      const { data } = await editMe({ body: values })
      sessionStore.setState({ user: data })
      // The server tidies what it keeps; the form shows what is kept.
      reset({ first_name: data.first_name, last_name: data.last_name, bio: data.bio })
      showToast(t('about.saved'))
    } catch (error) {
      if (!showFieldErrors(error, ['first_name', 'last_name', 'bio'], setError)) setFailure(error)
    }
  })

  const sendLink = async () => {
    setFailure(null)
    try {
      await resendVerification({ body: { email: user.email } })
      showToast(t('about.linkSent', { email: user.email }))
    } catch (error) {
      setFailure(error)
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
      {failure !== null && (
        <Notice tone="danger" role="alert">
          {describeError(failure, tCommon)}
        </Notice>
      )}
      <div>
        <p className="font-semibold">{t('about.email')}</p>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="break-all">{user.email}</span>
          <Badge tone={user.email_verified ? 'success' : 'warning'}>
            {user.email_verified ? t('about.confirmed') : t('about.unconfirmed')}
          </Badge>
          {!user.email_verified && (
            <TextButton onClick={() => void sendLink()}>{t('about.sendLink')}</TextButton>
          )}
        </p>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t('about.firstName')}
          autoComplete="given-name"
          error={errors.first_name?.message}
          {...register('first_name')}
        />
        <TextField
          label={t('about.lastName')}
          autoComplete="family-name"
          error={errors.last_name?.message}
          {...register('last_name')}
        />
      </div>
      <TextArea
        label={t('about.bio')}
        hint={t('about.bioHint')}
        rows={4}
        maxLength={MAX_BIO}
        error={errors.bio?.message}
        {...register('bio')}
      />
      <Button type="submit" pending={isSubmitting}>
        {isSubmitting ? t('about.saving') : t('about.save')}
      </Button>
    </form>
  )
}
