import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { TextField } from '@/components/ui/text-field'
import { TextButton } from '@/components/ui/text-link'
import type { User } from '@/lib/api/operations'
import { isApiError } from '@/lib/api/problem'
import { signIn } from '@/lib/auth/sign-in'
import { useSiteName } from '@/lib/tenant/theme-store'
import { describeSignInError } from './describe-sign-in-error'
import type { Credentials } from './login-form'

interface CodeFormProps {
  credentials: Credentials
  onSignedIn: (user: User) => void
  onStartOver: () => void
}

/** The second step of signing in. One field takes both kinds of code; the words differ. */
export function CodeForm({ credentials, onSignedIn, onStartOver }: CodeFormProps) {
  const { t } = useTranslation('auth')
  const { t: tCommon } = useTranslation()
  const site = useSiteName()
  const input = useRef<HTMLInputElement>(null)
  const [isRecovery, setRecovery] = useState(false)
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string>()
  const [failure, setFailure] = useState<unknown>(null)
  const [pending, setPending] = useState(false)

  // The field takes the place of the one that had the focus.
  useEffect(() => input.current?.focus(), [isRecovery])

  const refuse = (words: string) => {
    setProblem(words)
    input.current?.focus()
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (pending) return
    setFailure(null)
    setProblem(undefined)
    const typed = code.trim()
    if (!typed) {
      refuse(t('code.missing'))
      return
    }
    setPending(true)
    try {
      onSignedIn(await signIn(credentials.email, credentials.password, typed))
    } catch (error) {
      if (isApiError(error, 'otp_required') || isApiError(error, 'validation_error')) {
        refuse(isRecovery ? t('code.wrongRecovery') : t('code.wrong'))
      } else setFailure(error)
    } finally {
      setPending(false)
    }
  }

  return (
    <>
      <PageHeading title={t('code.title')} />
      <p className="mt-2 text-ink-soft">
        {isRecovery ? t('code.introRecovery') : t('code.intro', { site })}
      </p>
      <form onSubmit={(event) => void submit(event)} noValidate className="mt-6 space-y-5">
        {failure !== null && (
          <Notice tone="danger" role="alert">
            {describeSignInError(failure, t, tCommon)}
          </Notice>
        )}
        <TextField
          ref={input}
          key={isRecovery ? 'recovery' : 'app'}
          label={isRecovery ? t('code.recovery') : t('code.code')}
          hint={isRecovery ? undefined : t('code.codeHint')}
          name="code"
          autoComplete="one-time-code"
          inputMode={isRecovery ? 'text' : 'numeric'}
          autoCapitalize="none"
          spellCheck={false}
          value={code}
          onChange={(event) => setCode(event.target.value)}
          error={problem}
        />
        <Button type="submit" pending={pending} className="w-full">
          {pending ? t('login.pending') : t('login.submit')}
        </Button>
      </form>
      <div className="mt-4 flex flex-col items-start">
        <TextButton
          onClick={() => {
            setRecovery(!isRecovery)
            setCode('')
            setProblem(undefined)
          }}
        >
          {isRecovery ? t('code.useApp') : t('code.useRecovery')}
        </TextButton>
        <TextButton onClick={onStartOver}>{t('code.startOver')}</TextButton>
      </div>
    </>
  )
}
