import { clsx } from 'clsx'
import { type ComponentProps, type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  label: string
  hint?: ReactNode
  error?: string | undefined
  /** Drawn inside the right end of the box. */
  trailing?: ReactNode
}

/** A label that is always visible, an optional hint, and the error in words right below. */
export function TextField({
  label,
  hint,
  error,
  trailing,
  className,
  type = 'text',
  ...props
}: TextFieldProps) {
  const id = useId()
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block font-semibold">
        {label}
      </label>
      {hint && (
        <p id={hintId} className="mb-1.5 text-sm text-ink-soft">
          {hint}
        </p>
      )}
      <div className="relative">
        <input
          {...props}
          id={id}
          type={type}
          aria-invalid={error ? true : undefined}
          aria-describedby={
            [error && errorId, hint && hintId].filter(Boolean).join(' ') || undefined
          }
          className={clsx(
            'min-h-11 w-full rounded-lg border bg-surface px-3 py-2 text-base',
            error ? 'border-danger ring-1 ring-danger' : 'border-edge',
            trailing && 'pr-20',
          )}
        />
        {trailing}
      </div>
      {error && (
        <p id={errorId} className="mt-1.5 text-sm font-medium text-danger">
          {error}
        </p>
      )}
    </div>
  )
}

interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'id'> {
  label: string
  hint?: ReactNode
  error?: string | undefined
}

/** The same for more than one line. */
export function TextArea({ label, hint, error, className, ...props }: TextAreaProps) {
  const id = useId()
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block font-semibold">
        {label}
      </label>
      {hint && (
        <p id={hintId} className="mb-1.5 text-sm text-ink-soft">
          {hint}
        </p>
      )}
      <textarea
        {...props}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={[error && errorId, hint && hintId].filter(Boolean).join(' ') || undefined}
        className={clsx(
          'w-full rounded-lg border bg-surface px-3 py-2 text-base',
          error ? 'border-danger ring-1 ring-danger' : 'border-edge',
        )}
      />
      {error && (
        <p id={errorId} className="mt-1.5 text-sm font-medium text-danger">
          {error}
        </p>
      )}
    </div>
  )
}

/** Typing unseen causes most failed sign-ins on phones, so the password can be shown. */
export function PasswordField(props: Omit<TextFieldProps, 'type' | 'trailing'>) {
  const { t } = useTranslation()
  const [visible, setVisible] = useState(false)
  return (
    <TextField
      {...props}
      type={visible ? 'text' : 'password'}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      trailing={
        <button
          type="button"
          aria-pressed={visible}
          aria-label={t('form.showPassword')}
          onClick={() => setVisible((on) => !on)}
          className="absolute inset-y-1 right-1 min-w-9 rounded-md px-3 text-sm font-semibold text-brand-strong"
        >
          <span aria-hidden="true">{visible ? t('form.hide') : t('form.show')}</span>
        </button>
      }
    />
  )
}
