import { type Ref, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { boxClass, describedBy, Field, type FieldProps } from './field'

interface DateFieldProps extends FieldProps {
  /** A calendar day, `2026-11-22`. It has no time zone. */
  value: string | null | undefined
  /** Null while no whole day is entered. */
  onChange: (value: string | null) => void
  /** First and last day that can be picked. */
  min?: string
  max?: string
  disabled?: boolean
  name?: string
  onBlur?: () => void
  ref?: Ref<HTMLInputElement>
}

/** Keeps browsers from taking years of six digits. */
const LAST_DAY = '9999-12-31'

/** A calendar day. It is the browser's own field: typed part by part, or picked from its calendar. */
export function DateField({
  label,
  hint,
  error,
  optional,
  className,
  value,
  onChange,
  max = LAST_DAY,
  onBlur,
  ...props
}: DateFieldProps) {
  const { t } = useTranslation('frame')
  const id = useId()
  // A day that is only half entered has no value, but the person sees it standing there.
  const [isPartial, setPartial] = useState(false)
  const shown = error ?? (isPartial ? t('field.partialDate') : undefined)
  return (
    <Field {...{ id, label, hint, optional, className }} error={shown}>
      <input
        {...props}
        id={id}
        type="date"
        max={max}
        value={value ?? ''}
        onChange={(event) => {
          setPartial(false)
          onChange(event.target.value || null)
        }}
        onBlur={(event) => {
          setPartial(event.target.validity.badInput)
          onBlur?.()
        }}
        aria-invalid={shown ? true : undefined}
        aria-describedby={describedBy(id, { hint, error: shown })}
        className={boxClass(shown, 'max-w-56')}
      />
    </Field>
  )
}
