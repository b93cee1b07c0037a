import { clsx } from 'clsx'
import { type ComponentProps, type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { boxClass, describedBy, Field, type FieldProps } from './field'

interface TextFieldProps extends FieldProps, Omit<ComponentProps<'input'>, 'id' | 'className'> {
  /** Drawn inside the right end of the box. */
  trailing?: ReactNode
}

/** Words of one line. */
export function TextField({
  label,
  hint,
  error,
  optional,
  trailing,
  className,
  type = 'text',
  ...props
}: TextFieldProps) {
  const id = useId()
  return (
    <Field {...{ id, label, hint, error, optional, className }}>
      <div className="relative">
        <input
          {...props}
          id={id}
          type={type}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, { hint, error })}
          className={boxClass(error, clsx(trailing && 'pr-20'))}
        />
        {trailing}
      </div>
    </Field>
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
