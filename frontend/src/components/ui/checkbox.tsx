import { type ComponentProps, type ReactNode, useId } from 'react'
import { describedBy, FieldError } from './field'

interface CheckboxProps extends Omit<ComponentProps<'input'>, 'id' | 'type' | 'className'> {
  label: ReactNode
  hint?: string
  error?: string | undefined
}

/** The whole row can be clicked. */
export function Checkbox({ label, hint, error, ...props }: CheckboxProps) {
  const id = useId()
  return (
    <div className="flex items-start gap-3 py-1">
      <input
        {...props}
        id={id}
        type="checkbox"
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, { hint, error })}
        className="mt-2.5 size-5 shrink-0 accent-brand-strong"
      />
      <div className="min-w-0 flex-1">
        <label htmlFor={id} className="flex min-h-10 items-center font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-sm text-ink-soft">
            {hint}
          </p>
        )}
        {error && <FieldError id={id}>{error}</FieldError>}
      </div>
    </div>
  )
}
