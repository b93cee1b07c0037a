import { zodResolver } from '@hookform/resolvers/zod'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { Notice } from '@/components/feedback/notice'
import { Button, LinkButton } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { PasswordField } from '@/components/ui/text-field'
import { describeError } from '@/lib/api/describe-error'
import { showFieldErrors } from '@/lib/api/form-errors'
import { isApiError } from '@/lib/api/problem'
import { homePath } from '@/lib/auth/roles'
import { chooseNewPassword, signOut } from '@/lib/auth/sign-in'
import { useSessionStore } from '@/lib/auth/session-store'
import { MIN_PASSWORD_LENGTH } from './password-rules'

const makeSchema = (t: TFunction<'auth'>) =>
  z.object({
    current_password: z.string().check(z.minLength(1, t('password.currentMissing'))),
    new_password: z
      .string()
      .check(
        z.minLength(MIN_PASSWORD_LENGTH, t('password.tooShort', { count: MIN_PASSWORD_LENGTH })),
      ),
  })

export function ChangePasswordPage() {
  const { t } = useTranslation('auth')
  const { t: tCommon } = useTranslation()
  const user = useSessionStore((state) => state.user)
  const [failure, setFailure] = useState<unknown>(null)
  const [done, setDone] = useState(false)
  // Kept from the first look: after the change nobody is forced any more, but the words must not jump.
  const [forced] = useState(user?.must_change_password ?? false)
  const {
    register,
    handleSubmit,
    setError,
    formState: { errors, isSubmitting },
  } = useForm({
    resolver: zodResolver(makeSchema(t)),
    mode: 'onTouched',
    defaultValues: { current_password: '', new_password: '' },
  })

  const submit = handleSubmit(async (values) => {
    setFailure(null)
    try {
      await chooseNewPassword(values.current_password, values.new_password)
      setDone(true)
    } catch (error) {
      if (isApiError(error, 'invalid_credentials')) {
        setError('current_password', { message: t('password.currentWrong') }, { shouldFocus: true })
      } else if (!showFieldErrors(error, ['current_password', 'new_password'], setError)) {
        setFailure(error)
      }
    }
  })

  if (!user) return null

  if (done) {
    return (
      <>
        <PageHeading title={t('password.title')} />
        <Notice tone="success" role="status" className="mt-6">
          {t('password.done')}
        </Notice>
        <LinkButton to={homePath(user)} className="mt-6 w-full">
          {t('password.continue')}
        </LinkButton>
      </>
    )
  }

  return (
    <>
      <PageHeading title={t('password.title')} />
      <p className="mt-2 text-ink-soft">
        {forced ? t('password.introForced') : t('password.intro')}
      </p>
      <form onSubmit={(event) => void submit(event)} noValidate className="mt-6 space-y-5">
        {failure !== null && (
          <Notice tone="danger" role="alert">
            {describeError(failure, tCommon)}
          </Notice>
        )}
        {/* Tells a password manager whose password is being changed. */}
        <input type="text" autoComplete="username" value={user.email} readOnly hidden />
        <PasswordField
          label={t('password.current')}
          autoComplete="current-password"
          error={errors.current_password?.message}
          {...register('current_password')}
        />
        <PasswordField
          label={t('password.new')}
          hint={t('password.hint', { count: MIN_PASSWORD_LENGTH })}
          autoComplete="new-password"
          error={errors.new_password?.message}
          {...register('new_password')}
        />
        <Button type="submit" pending={isSubmitting} className="w-full">
          {isSubmitting ? t('password.pending') : t('password.submit')}
        </Button>
        {forced ? (
          <Button look="quiet" className="w-full" onClick={() => void signOut().catch(setFailure)}>
            {tCommon('account.signOut')}
          </Button>
        ) : (
          <LinkButton look="quiet" to={homePath(user)} className="w-full">
            {tCommon('action.cancel')}
          </LinkButton>
        )}
      </form>
    </>
  )
}
