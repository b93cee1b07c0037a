import { CheckIcon } from '@heroicons/react/20/solid'
import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'

const STEPS = ['file', 'check', 'result'] as const

/** How far the import is. */
export function ImportSteps({ current }: { current: (typeof STEPS)[number] }) {
  const { t } = useTranslation('teachers')
  const position = STEPS.indexOf(current)
  return (
    <ol aria-label={t('import.steps')} className="mb-6 flex flex-wrap gap-x-6 gap-y-2">
      {STEPS.map((step, index) => (
        <li
          key={step}
          aria-current={step === current ? 'step' : undefined}
          className={clsx(
            'flex items-center gap-2',
            step === current ? 'font-semibold' : 'text-ink-soft',
          )}
        >
          <span
            aria-hidden="true"
            className={clsx(
              'flex size-7 items-center justify-center rounded-full border text-sm font-bold',
              index <= position
                ? 'border-brand-edge bg-brand text-on-brand'
                : 'border-edge bg-surface',
            )}
          >
            {index < position ? <CheckIcon className="size-4" /> : index + 1}
          </span>
          {t(`import.step.${step}`)}
        </li>
      ))}
    </ol>
  )
}
