import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/text-field'
import { describeError } from '@/lib/api/describe-error'
import { isApiError } from '@/lib/api/problem'

interface FactorCodeFormProps {
  submitLabel: string
  inputMode: 'numeric' | 'text'
  /** Sends the code. What it throws is shown here. */
  onSubmit: (code: string) => Promise<void>
  children?: ReactNode
}

/** Asks for a code of the authenticator app. */
export function FactorCodeForm({
  submitLabel,
  inputMode,
  onSubmit,
  children,
}: FactorCodeFormProps) {
  const { t } = useTranslation('account')
  const { t: tCommon } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string>()
  const [failure, setFailure] = useState<unknown>(null)
  const [pending, setPending] = useState(false)

  const refuse = (words: string) => {
    setProblem(words)
    input.current?.focus()
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (pending) return
    setProblem(undefined)
    setFailure(null)
    if (!code.trim()) {
      refuse(t('factor.codeMissing'))
      return
    }
    setPending(true)
    try {
      await onSubmit(code.trim())
    } catch (error) {
      if (isApiError(error, 'otp_invalid') || isApiError(error, 'validation_error')) {
        refuse(t('factor.codeWrong'))
      } else setFailure(error)
    } finally {
      setPending(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="mt-4 space-y-4">
      {failure !== null && (
        <Notice tone="danger" role="alert">
          {describeError(failure, tCommon)}
        </Notice>
      )}
      <TextField
        ref={input}
        label={t('factor.code')}
        autoComplete="one-time-code"
        inputMode={inputMode}
        autoCapitalize="none"
        spellCheck={false}
        className="max-w-60"
        value={code}
        onChange={(event) => setCode(event.target.value)}
        error={problem}
      />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" pending={pending}>
          {submitLabel}
        </Button>
        {children}
      </div>
    </form>
  )
}
