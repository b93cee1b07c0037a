import { ExclamationTriangleIcon } from '@heroicons/react/24/outline'
import { useTranslation } from 'react-i18next'
import { ProgressBar } from '@/components/ui/progress-bar'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import { formatNumber, formatPercent } from '@/lib/format'
import { ItemOptions } from './item-options'
import type { Item } from './queries'

/** From where on a question is said to tell who knows the subject, and from where on to do so well. */
const FAIRLY = 0.2
const WELL = 0.3

function telling(discrimination: number | null) {
  if (discrimination === null) return 'unknown'
  if (discrimination < 0) return 'reverse'
  if (discrimination < FAIRLY) return 'little'
  return discrimination < WELL ? 'fairly' : 'well'
}

interface ItemCardProps {
  assignmentId: string
  item: Item
  people: number
}

/** One question: how many got it right, what was chosen, and what is worth another look. */
export function ItemCard({ assignmentId, item, people }: ItemCardProps) {
  const { t } = useTranslation('question-results')
  const { order, prompt, asked, answered, correct, difficulty, options, advice } = item
  const number = formatNumber(order)
  const unused = options.filter(({ id }) => item.unused_option_ids.includes(id))
  const blank = people - answered
  return (
    <li className="rounded-card border border-line bg-surface p-5 sm:p-6">
      <h3 className="font-bold">{t('item.number', { number })}</h3>
      <p className="mt-1 text-lg font-semibold break-words">{prompt}</p>
      {difficulty === null ? (
        <p className="mt-3 text-ink-soft">
          {answered > 0 ? t('item.waiting', { count: answered }) : t('item.nobody')}
        </p>
      ) : (
        <div className="mt-3">
          <p className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span>{t('item.right', { count: asked, correct: formatNumber(correct) })}</span>
            <span className="text-xl font-bold tabular-nums">
              {formatPercent(difficulty * 100)}
            </span>
          </p>
          <ProgressBar
            percentage={difficulty * 100}
            label={t('item.bar', { number })}
            className="mt-1"
          />
          {blank > 0 && <p className="mt-2 text-ink-soft">{t('item.blank', { count: blank })}</p>}
        </div>
      )}
      {advice.length > 0 && (
        <ul className="mt-4 space-y-3">
          {advice.map((each) => (
            <li
              key={each}
              className="flex gap-3 rounded-lg border-l-4 border-warning bg-warning-soft px-4 py-3"
            >
              <ExclamationTriangleIcon aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
              <div className="min-w-0">
                <p className="font-semibold">{t(`advice.${each}.title`)}</p>
                <p>
                  {t(`advice.${each}.text`, {
                    options: unused.map(({ text }) => t('quoted', { text })).join(', '),
                  })}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
      {difficulty !== null && (
        <div className="mt-5 grid gap-5 md:grid-cols-2">
          {options.length > 0 && <ItemOptions options={options} />}
          <div>
            <h4 className="font-semibold">{t('item.tells')}</h4>
            <p className="mt-2 max-w-prose">{t(`tells.${telling(item.discrimination)}`)}</p>
          </div>
        </div>
      )}
      <p className="mt-4">
        <TextLink to={paths.questions(assignmentId)}>{t('item.mend', { number })}</TextLink>
      </p>
    </li>
  )
}
