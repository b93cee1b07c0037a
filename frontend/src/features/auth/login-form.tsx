import { zodResolver } from '@hookform/resolvers/zod'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { PasswordField, TextField } from '@/components/ui/text-field'
import { showFieldErrors } from '@/lib/api/form-errors'
import type { User } from '@/lib/api/operations'
import { isApiError } from '@/lib/api/problem'
import { signIn } from '@/lib/auth/sign-in'
import { useSessionStore } from '@/lib/auth/session-store'
import { describeSignInError } from './describe-sign-in-error'

const makeSchema = (t: TFunction<'auth'>) =>
  z.object({
    email: z.string().check(z.trim(), z.regex(/^\S+@\S+$/, t('login.emailMissing'))),
    password: z.string().check(z.minLength(1, t('login.passwordMissing'))),
  })

/** Kept in memory between the two steps, and no longer. */
export interface Credentials {
  email: string
  password: string
}

interface LoginFormProps {
  onSignedIn: (user: User) => void
  /** Email and password are right, and the account asks for a code as well. */
  onCodeWanted: (credentials: Credentials) => void
}

export function LoginForm({ onSignedIn, onCodeWanted }: LoginFormProps) {
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
    defaultValues: { email: '', password: '' },
  })

  const submit = handleSubmit(
    async ({ email, password }) => {
      setFailure(null)
      try {
        onSignedIn(await signIn(email, password))
      } catch (error) {
        if (isApiError(error, 'otp_required')) onCodeWanted({ email, password })
        else if (!showFieldErrors(error, ['email', 'password'], setError)) setFailure(error)
      }
      // What the server said before does not concern what is wrong with the fields now.
    },
    () => setFailure(null),
  )

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="mt-6 space-y-5">
      <EndedSession hidden={failure !== null} />
      {failure !== null && (
        <Notice tone="danger" role="alert">
          {describeSignInError(failure, t, tCommon)}
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
      <PasswordField
        label={t('login.password')}
        autoComplete="current-password"
        error={errors.password?.message}
        {...register('password')}
      />
      <Button type="submit" pending={isSubmitting} className="w-full">
        {isSubmitting ? t('login.pending') : t('login.submit')}
      </Button>
    </form>
  )
}

/** Says why the form is there again when somebody did not ask for it. */
function EndedSession({ hidden }: { hidden: boolean }) {
  const { t } = useTranslation('auth')
  const reason = useSessionStore((state) => state.endReason)
  if (!reason || reason === 'visit-over' || hidden) return null
  return (
    <Notice tone={reason === 'expired' ? 'info' : 'success'} role="status">
      {reason === 'expired' ? t('login.expired') : t('login.signedOut')}
    </Notice>
  )
}
