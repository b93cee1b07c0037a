import { type Ref, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../feedback/notice'

interface ErrorSummaryProps {
  faults: readonly { name: string; label: string | undefined; message: string }[]
  onGoTo: (name: string) => void
  ref: Ref<HTMLDivElement>
}

/** Everything that is wrong, above the form, with a way to each field. Takes the focus after submitting. */
export function ErrorSummary({ faults, onGoTo, ref }: ErrorSummaryProps) {
  const { t } = useTranslation('frame')
  const id = useId()
  return (
    <div ref={ref} role="group" aria-labelledby={id} tabIndex={-1} className="rounded-lg">
      <Notice tone="danger">
        <p id={id} className="font-bold">
          {t('form.summary', { count: faults.length })}
        </p>
        <ul className="mt-1">
          {faults.map(({ name, label, message }) => (
            <li key={name}>
              <button
                type="button"
                onClick={() => onGoTo(name)}
                className="min-h-8 text-left font-medium text-danger underline underline-offset-4"
              >
                {label === undefined ? message : `${label}: ${message}`}
              </button>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}
