import { type ReactNode, type Ref, useId } from 'react'
import { FieldError } from './field'

interface SwitchProps {
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
  name?: string
  onBlur?: () => void
  className?: string
  ref?: Ref<HTMLInputElement>
}

/** Turns something on or off, at once. What only takes effect with "Save" is a checkbox. */
export function Switch({
  label,
  hint,
  error,
  checked,
  onChange,
  className,
  ...props
}: SwitchProps) {
  const id = useId()
  const describing = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div className={className}>
      <div className="flex items-start gap-3 py-1">
        <input
          {...props}
          id={id}
          type="checkbox"
          role="switch"
          checked={checked}
          aria-checked={checked}
          onChange={(event) => onChange(event.target.checked)}
          aria-describedby={describing || undefined}
          className="relative mt-2 h-6 w-11 shrink-0 cursor-pointer appearance-none rounded-full bg-edge transition-colors before:absolute before:top-0.5 before:left-0.5 before:size-5 before:rounded-full before:bg-white before:transition-transform checked:bg-brand-strong checked:before:translate-x-5 disabled:cursor-not-allowed disabled:opacity-50 forced-colors:appearance-auto"
        />
        <div className="min-w-0 flex-1">
          <label htmlFor={id} className="flex min-h-10 items-center font-medium">
            {label}
          </label>
          {hint && (
            <div id={`${id}-hint`} className="text-sm text-ink-soft">
              {hint}
            </div>
          )}
        </div>
      </div>
      {error && <FieldError id={id}>{error}</FieldError>}
    </div>
  )
}
