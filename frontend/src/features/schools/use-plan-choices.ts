import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { limitWords } from './plan-words'
import { type Plan, PLANS, plansQuery } from './queries'

interface PlanChoice {
  value: Plan
  label: string
  /** What it brings, once known: the choice itself need not wait for that. */
  hint?: string
}

export function usePlanChoices(): PlanChoice[] {
  const { t } = useTranslation('schools')
  const { data: offers } = useQuery(plansQuery)
  return PLANS.map((value) => {
    const offer = offers?.find(({ plan }) => plan === value)
    const label = t(`plan.${value}`)
    return offer ? { value, label, hint: limitWords(offer.limits, t) } : { value, label }
  })
}
