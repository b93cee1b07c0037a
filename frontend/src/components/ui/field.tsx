import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** What every control with a label takes. */
export interface FieldProps {
  label: string
  hint?: ReactNode
  /** What is wrong, in words; shown right below. */
  error?: string | undefined
  /** Says so beside the label. What is not optional is not marked: most is not. */
  optional?: boolean
  className?: string
}

/** Ids and ARIA attributes that tie a control to its label, hint and error. */
export const describedBy = (
  id: string,
  { hint, error }: Pick<FieldProps, 'hint' | 'error'>,
): string | undefined =>
  [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined

/** The box of a control in which something is typed or chosen. */
export const boxClass = (error: string | undefined, className?: string): string =>
  clsx(
    'min-h-11 w-full rounded-lg border bg-surface px-3 py-2 text-base',
    error ? 'border-danger ring-1 ring-danger' : 'border-edge',
    'disabled:bg-page disabled:text-ink-soft',
    className,
  )

export function OptionalMark() {
  const { t } = useTranslation('frame')
  return <span className="font-normal text-ink-soft"> ({t('field.optional')})</span>
}

export function Hint({ id, children }: { id: string; children: ReactNode }) {
  return (
    <div id={`${id}-hint`} className="mb-1.5 text-sm text-ink-soft">
      {children}
    </div>
  )
}

export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={`${id}-error`} className="mt-1.5 text-sm font-medium text-danger">
      {children}
    </p>
  )
}

/** A label that is always visible, an optional hint, the control, and the error in words right below. */
export function Field({
  id,
  label,
  hint,
  error,
  optional,
  className,
  children,
}: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block font-semibold">
        {label}
        {optional && <OptionalMark />}
      </label>
      {hint && <Hint id={id}>{hint}</Hint>}
      {children}
      {error && <FieldError id={id}>{error}</FieldError>}
    </div>
  )
}
