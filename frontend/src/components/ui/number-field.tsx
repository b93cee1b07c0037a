import { type Ref, useId, useState } from 'react'
import { boxClass, describedBy, Field, type FieldProps } from './field'

interface NumberFieldProps extends FieldProps {
  /** Null when nothing is entered, NaN when it is no number: a schema refuses the latter. */
  value: number | null | undefined
  onChange: (value: number | null) => void
  /** Shown behind the number: "%", "minutes". */
  unit?: string
  /** Whether there is more than whole numbers. */
  decimal?: boolean
  disabled?: boolean
  name?: string
  onBlur?: () => void
  ref?: Ref<HTMLInputElement>
}

function parse(text: string): number | null {
  const tidy = text.trim().replace(',', '.')
  if (tidy === '') return null
  return /^-?\d*\.?\d+$|^-?\d+\.$/.test(tidy) ? Number(tidy) : Number.NaN
}

const write = (value: number | null | undefined) =>
  value == null || Number.isNaN(value) ? '' : String(value)

/** Is a text box: a number box changes its value when the page is scrolled over it, and hides typing mistakes. */
export function NumberField({
  label,
  hint,
  error,
  optional,
  className,
  value,
  onChange,
  unit,
  decimal = false,
  ...props
}: NumberFieldProps) {
  const id = useId()
  const [draft, setDraft] = useState(() => write(value))
  // Something else set it; while the person types "1," the draft says more than the number.
  if (!Object.is(parse(draft), value ?? null) && !Number.isNaN(value)) setDraft(write(value))
  return (
    <Field {...{ id, label, hint, error, optional, className }}>
      <div className="flex items-center gap-2">
        <input
          {...props}
          id={id}
          type="text"
          inputMode={decimal ? 'decimal' : 'numeric'}
          autoComplete="off"
          value={draft}
          onChange={(event) => {
            setDraft(event.target.value)
            onChange(parse(event.target.value))
          }}
          aria-invalid={error ? true : undefined}
          aria-describedby={
            [describedBy(id, { hint, error }), unit && `${id}-unit`].filter(Boolean).join(' ') ||
            undefined
          }
          className={boxClass(error, 'max-w-36 tabular-nums')}
        />
        {unit && (
          <span id={`${id}-unit`} className="text-ink-soft">
            {unit}
          </span>
        )}
      </div>
    </Field>
  )
}
