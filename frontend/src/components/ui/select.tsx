import { ChevronDownIcon } from '@heroicons/react/20/solid'
import { type Ref, useId } from 'react'
import { boxClass, describedBy, Field, type FieldProps } from './field'

export interface SelectOption<V extends string = string> {
  value: V
  label: string
  disabled?: boolean
}

interface SelectProps<V extends string> extends FieldProps {
  options: readonly SelectOption<V>[]
  /** Empty when nothing is chosen yet. */
  value: V | '' | undefined
  onChange: (value: V) => void
  /** Shown while nothing is chosen; cannot be chosen itself. For "All", add an option with value ''. */
  placeholder?: string
  disabled?: boolean
  name?: string
  onBlur?: () => void
  ref?: Ref<HTMLSelectElement>
}

/** One of a few. It is the browser's own list: every phone, keyboard and screen reader knows it. */
export function Select<V extends string>({
  label,
  hint,
  error,
  optional,
  className,
  options,
  value,
  onChange,
  placeholder,
  ...props
}: SelectProps<V>) {
  const id = useId()
  return (
    <Field {...{ id, label, hint, error, optional, className }}>
      <div className="relative">
        <select
          {...props}
          id={id}
          value={value ?? ''}
          onChange={({ target }) => {
            const chosen = options.find((option) => option.value === target.value)
            if (chosen) onChange(chosen.value)
          }}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, { hint, error })}
          className={boxClass(error, 'cursor-pointer appearance-none truncate pr-10')}
        >
          {placeholder !== undefined && (
            <option value="" disabled hidden>
              {placeholder}
            </option>
          )}
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDownIcon
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 right-3 size-5 -translate-y-1/2 text-ink-soft"
        />
      </div>
    </Field>
  )
}
