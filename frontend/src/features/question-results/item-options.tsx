import { CheckCircleIcon } from '@heroicons/react/24/solid'
import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import { formatPercent } from '@/lib/format'
import type { Item } from './queries'

/** How often each answer was chosen; the bars are there for the eye, the numbers say the same. */
export function ItemOptions({ options }: { options: Item['options'] }) {
  const { t } = useTranslation('question-results')
  return (
    <div>
      <h4 className="font-semibold">{t('item.chosen')}</h4>
      <ul className="mt-2 space-y-3">
        {options.map(({ id, text, is_correct: isCorrect, chosen, share }) => (
          <li key={id}>
            <div className="flex flex-wrap items-start justify-between gap-x-4">
              <span
                className={clsx('flex min-w-0 items-start gap-1.5', isCorrect && 'font-semibold')}
              >
                {isCorrect && (
                  <CheckCircleIcon aria-hidden="true" className="size-6 shrink-0 text-success" />
                )}
                <span className="min-w-0 break-words">
                  {text}
                  {isCorrect && <span className="sr-only"> ({t('item.correct')})</span>}
                </span>
              </span>
              <span className="text-ink-soft tabular-nums">
                {t('item.times', { count: chosen, percent: formatPercent(share * 100) })}
              </span>
            </div>
            <div aria-hidden="true" className="mt-1 h-2 overflow-hidden rounded-full bg-line">
              <div
                className={clsx('h-full rounded-full', isCorrect ? 'bg-success' : 'bg-edge')}
                style={{ width: `${share * 100}%` }}
              />
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}
