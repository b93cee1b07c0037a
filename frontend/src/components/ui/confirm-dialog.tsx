import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { describeError } from '@/lib/api/describe-error'
import { Button } from './button'
import { Dialog } from './dialog'
import { TextField } from './text-field'

interface ConfirmDialogProps {
  /** The question, with the name of what it is about: "Delete Maths 101?" */
  title: string
  /** What happens then. */
  body: ReactNode
  /** The deed, as a verb: "Delete the course". */
  confirmLabel: string
  /** In place of "Cancel". */
  cancelLabel?: string
  tone?: 'normal' | 'danger'
  /** For what cannot be undone: the name that has to be typed first. */
  typeToConfirm?: string
  onConfirm: () => void
  onClose: () => void
  pending?: boolean
  /** What the attempt threw; stays in the dialog, so that it can be tried again. */
  error?: unknown
  /** Further fields, between the body and the buttons. */
  children?: ReactNode
}

/** Asks before something happens. Shown while it is in the tree: `{asked && <ConfirmDialog … />}`. */
export function ConfirmDialog({
  title,
  body,
  confirmLabel,
  cancelLabel,
  tone = 'normal',
  typeToConfirm,
  onConfirm,
  onClose,
  pending = false,
  error,
  children,
}: ConfirmDialogProps) {
  const { t } = useTranslation('frame')
  const { t: tCommon } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [mismatch, setMismatch] = useState(false)

  const close = () => {
    // What is under way is not stopped by looking away.
    if (!pending) onClose()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // A dialog is drawn outside the page, but React sends its events to a form around it all the same.
    event.stopPropagation()
    if (pending) return
    if (typeToConfirm !== undefined && typed.trim() !== typeToConfirm.trim()) {
      setMismatch(true)
      input.current?.focus()
      return
    }
    onConfirm()
  }
  return (
    <Dialog role="alertdialog" title={title} onClose={close}>
      <form onSubmit={submit} noValidate className="mt-2 space-y-4">
        <div className="text-ink-soft">{body}</div>
        {error != null && (
          <Notice tone="danger" role="alert">
            {describeError(error, tCommon)}
          </Notice>
        )}
        {children}
        {typeToConfirm !== undefined && (
          <TextField
            ref={input}
            label={t('confirm.typeLabel')}
            hint={
              <Trans
                t={t}
                i18nKey="confirm.typeHint"
                values={{ name: typeToConfirm }}
                components={{ strong: <strong className="text-ink select-all" /> }}
              />
            }
            value={typed}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            error={mismatch ? t('confirm.typeMismatch', { name: typeToConfirm }) : undefined}
            onChange={(event) => {
              setTyped(event.target.value)
              setMismatch(false)
            }}
          />
        )}
        <div className="flex flex-wrap gap-3">
          <Button type="submit" look={tone === 'danger' ? 'danger' : 'primary'} pending={pending}>
            {confirmLabel}
          </Button>
          <Button look="secondary" onClick={close}>
            {cancelLabel ?? tCommon('action.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
