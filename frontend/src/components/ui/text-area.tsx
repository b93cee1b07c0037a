import { clsx } from 'clsx'
import { type ComponentProps, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { boxClass, describedBy, Field, type FieldProps } from './field'

interface TextAreaProps
  extends FieldProps, Omit<ComponentProps<'textarea'>, 'id' | 'value' | 'className'> {
  value?: string
  /** Shows how much room is left; needs `value`. Typing goes on beyond it: what was pasted is cut by the person, not by us. */
  limit?: number
}

/** From this share of the limit on, the counter is read out. */
const NEARLY_FULL = 0.9

/** Words of more than one line. */
export function TextArea({
  label,
  hint,
  error,
  optional,
  className,
  limit,
  rows = 4,
  ...props
}: TextAreaProps) {
  const { t } = useTranslation('frame')
  const id = useId()
  const used = props.value?.length ?? 0
  const describing = [describedBy(id, { hint, error }), limit !== undefined && `${id}-count`]
  return (
    <Field {...{ id, label, hint, error, optional, className }}>
      <textarea
        {...props}
        id={id}
        rows={rows}
        aria-invalid={error ? true : undefined}
        aria-describedby={describing.filter(Boolean).join(' ') || undefined}
        className={boxClass(error, 'block resize-y')}
      />
      {limit !== undefined && (
        <>
          <p
            id={`${id}-count`}
            className={clsx(
              'mt-1 text-right text-sm tabular-nums',
              used > limit ? 'font-semibold text-danger' : 'text-ink-soft',
            )}
          >
            {t('field.characters', { used, limit })}
          </p>
          <p role="status" className="sr-only">
            {used >= limit * NEARLY_FULL &&
              used <= limit &&
              t('field.charactersLeft', { count: limit - used })}
          </p>
        </>
      )}
    </Field>
  )
}
