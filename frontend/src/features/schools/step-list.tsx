import { CheckIcon } from '@heroicons/react/20/solid'
import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import { type Step, STEPS } from './draft'

/** Where in the wizard somebody is. On a phone only the present step has its words. */
export function StepList({ current }: { current: Step }) {
  const { t } = useTranslation('schools')
  const position = STEPS.indexOf(current)
  return (
    <nav aria-label={t('onboard.steps')}>
      <ol className="flex items-center gap-2 sm:gap-4">
        {STEPS.map((step, index) => {
          const isDone = index < position
          const isCurrent = index === position
          return (
            <li
              key={step}
              aria-current={isCurrent ? 'step' : undefined}
              className="flex items-center gap-2"
            >
              <span
                aria-hidden="true"
                className={clsx(
                  'flex size-8 shrink-0 items-center justify-center rounded-full border text-sm font-bold',
                  isCurrent && 'border-brand-edge bg-brand text-on-brand',
                  isDone && 'border-brand-strong bg-brand-soft text-brand-strong',
                  !isDone && !isCurrent && 'border-edge text-ink-soft',
                )}
              >
                {isDone ? <CheckIcon className="size-5" /> : index + 1}
              </span>
              <span
                className={clsx(
                  'text-sm',
                  isCurrent ? 'font-bold' : 'text-ink-soft max-md:sr-only',
                )}
              >
                {t(`onboard.step.${step}`)}
                {isDone && <span className="sr-only"> ({t('onboard.stepDone')})</span>}
              </span>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
