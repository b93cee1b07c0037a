import { type ReactNode, type Ref, useId } from 'react'
import { describedBy, FieldError, type FieldProps, Hint, OptionalMark } from './field'

export interface RadioOption<V extends string = string> {
  value: V
  label: ReactNode
  hint?: ReactNode
  disabled?: boolean
}

interface RadioGroupProps<V extends string> extends FieldProps {
  options: readonly RadioOption<V>[]
  /** Empty when nothing is chosen yet. */
  value: V | '' | null | undefined
  onChange: (value: V) => void
  onBlur?: () => void
  /** The first choice. */
  ref?: Ref<HTMLInputElement>
}

/** One of a few that are worth seeing all at once. The whole row can be clicked. */
export function RadioGroup<V extends string>({
  label,
  hint,
  error,
  optional,
  className,
  options,
  value,
  onChange,
  onBlur,
  ref,
}: RadioGroupProps<V>) {
  const id = useId()
  return (
    <fieldset
      role="radiogroup"
      aria-invalid={error ? true : undefined}
      aria-describedby={describedBy(id, { hint, error })}
      className={className}
    >
      <legend className="mb-1.5 font-semibold">
        {label}
        {optional && <OptionalMark />}
      </legend>
      {hint && <Hint id={id}>{hint}</Hint>}
      <div className="space-y-2">
        {options.map((option, index) => {
          const optionId = `${id}-${option.value}`
          return (
            <label
              key={option.value}
              htmlFor={optionId}
              className="flex min-h-11 cursor-pointer items-start gap-3 rounded-lg border border-edge bg-surface px-3 py-2.5 has-checked:border-brand-strong has-checked:bg-brand-soft has-disabled:cursor-not-allowed has-disabled:bg-page has-disabled:text-ink-soft"
            >
              <input
                ref={index === 0 ? ref : undefined}
                id={optionId}
                type="radio"
                name={id}
                value={option.value}
                checked={option.value === value}
                disabled={option.disabled}
                onChange={() => onChange(option.value)}
                onBlur={onBlur}
                aria-describedby={option.hint ? `${optionId}-hint` : undefined}
                className="mt-0.5 size-5 shrink-0 accent-brand-strong"
              />
              <span className="min-w-0 flex-1">
                <span className="font-medium">{option.label}</span>
                {option.hint && (
                  <span
                    id={`${optionId}-hint`}
                    // Told as a description, so it is no part of the choice's name.
                    aria-hidden="true"
                    className="block text-sm text-ink-soft"
                  >
                    {option.hint}
                  </span>
                )}
              </span>
            </label>
          )
        })}
      </div>
      {error && <FieldError id={id}>{error}</FieldError>}
    </fieldset>
  )
}
