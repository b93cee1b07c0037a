import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/ui/card'
import { formatNumber } from '@/lib/format'
import { type QuestionRule, rulesQuery } from './queries'

const OUTCOMES = ['accepted', 'edited', 'rejected', 'stale', 'waiting'] as const
const KNOWN = ['definition', 'meaning', 'cloze', 'number', 'model'] as const

const isKnown = (rule: string): rule is (typeof KNOWN)[number] =>
  KNOWN.some((known) => known === rule)

/** What became of the questions that were drafted from videos, and why some were not wanted. */
export function RulesCard() {
  const { t } = useTranslation('analytics')
  const { data } = useQuery(rulesQuery)
  // Schools that write their own questions need not read of others.
  if (!data || data.rules.length === 0) return null
  return (
    <Card title={t('rules.title')} description={t('rules.text')}>
      <ul className="grid gap-4 md:grid-cols-2">
        {data.rules.map((rule) => (
          <Rule key={`${rule.generator} ${rule.rule}`} rule={rule} />
        ))}
      </ul>
    </Card>
  )
}

function Rule({ rule }: { rule: QuestionRule }) {
  const { t } = useTranslation('analytics')
  const reasons = rule.reasons.filter(({ reason }) => reason !== '')
  const name = isKnown(rule.rule) ? t(`rules.rule.${rule.rule}`) : rule.rule
  return (
    <li className="min-w-0 rounded-lg border border-line p-4">
      <h3 className="font-bold break-words">{name}</h3>
      <p className="text-ink-soft">{t('rules.proposed', { count: rule.proposed })}</p>
      <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-1">
        {OUTCOMES.map((outcome) => (
          <div key={outcome} className="flex items-baseline justify-between gap-3">
            <dt>{t(`rules.${outcome}`)}</dt>
            <dd className="font-semibold tabular-nums">{formatNumber(rule[outcome])}</dd>
          </div>
        ))}
      </dl>
      {reasons.length > 0 && (
        <>
          <h4 className="mt-3 font-semibold">{t('rules.reasons')}</h4>
          <ul className="mt-1 space-y-1">
            {reasons.map(({ reason, count }) => (
              <li key={reason} className="break-words">
                {t('rules.reason', { reason, times: formatNumber(count) })}
              </li>
            ))}
          </ul>
        </>
      )}
    </li>
  )
}
