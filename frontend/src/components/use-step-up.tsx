import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { PasswordField } from '@/components/ui/text-field'
import { describeError } from '@/lib/api/describe-error'
import { stepUp } from '@/lib/api/operations'
import { isApiError } from '@/lib/api/problem'

interface StepUp {
  /**
   * Does something that the server allows only shortly after a proof of who is there. When it asks
   * for that proof, the person is asked for the password, and it is tried once more.
   *
   * @returns false when the person would rather not
   */
  run: (task: () => Promise<void>) => Promise<boolean>
  /** To be drawn somewhere in the page. */
  dialog: ReactNode
}

export function useStepUp(): StepUp {
  const [answer, setAnswer] = useState<{ give: (proven: boolean) => void } | null>(null)

  const run = async (task: () => Promise<void>): Promise<boolean> => {
    try {
      await task()
      return true
    } catch (error) {
      if (!isApiError(error, 'step_up_required')) throw error
    }
    const proven = await new Promise<boolean>((give) => {
      setAnswer({ give })
    })
    setAnswer(null)
    if (proven) await task()
    return proven
  }

  return {
    run,
    dialog: answer && (
      <ProofDialog onProven={() => answer.give(true)} onCancel={() => answer.give(false)} />
    ),
  }
}

function ProofDialog({ onProven, onCancel }: { onProven: () => void; onCancel: () => void }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [password, setPassword] = useState('')
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
    if (!password) {
      refuse(t('proof.passwordMissing'))
      return
    }
    setPending(true)
    try {
      await stepUp({ body: { password } })
      onProven()
    } catch (error) {
      if (isApiError(error, 'validation_error') || isApiError(error, 'invalid_credentials')) {
        refuse(t('proof.passwordWrong'))
      } else setFailure(error)
      setPending(false)
    }
  }
  return (
    <Dialog title={t('proof.title')} onClose={onCancel}>
      <p className="mt-2 text-ink-soft">{t('proof.text')}</p>
      <form onSubmit={(event) => void submit(event)} noValidate className="mt-4 space-y-4">
        {failure !== null && (
          <Notice tone="danger" role="alert">
            {describeError(failure, t)}
          </Notice>
        )}
        <PasswordField
          ref={input}
          label={t('proof.password')}
          autoComplete="current-password"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog is this field
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={problem}
        />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" pending={pending}>
            {t('proof.go')}
          </Button>
          <Button look="secondary" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
