import type { TFunction } from 'i18next'
import type { ComponentProps } from 'react'
import type { StatCard } from '@/components/stat-card'

type Change = Pick<ComponentProps<typeof StatCard>, 'change'>

/** How the last of the counts compares with the one before, in words; nothing when nothing is known. */
export function describeChange(
  t: TFunction<'admin'>,
  span: 'month' | 'week',
  counts: readonly number[],
): Change {
  const [before, now] = [counts.at(-2), counts.at(-1)]
  if (now === undefined || before === undefined) return {}
  const count = Math.abs(now - before)
  if (count === 0) return { change: { text: t(`change.${span}.same`), direction: 'same' } }
  const direction = now > before ? 'up' : 'down'
  const words =
    direction === 'up' ? t(`change.${span}.more`, { count }) : t(`change.${span}.less`, { count })
  // The running week and month are not over: less so far is no bad news yet.
  return { change: { text: words, direction, tone: direction === 'up' ? 'good' : 'neutral' } }
}
