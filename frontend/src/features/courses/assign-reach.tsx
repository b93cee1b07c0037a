import { UsersIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { everybodyQuery, groupSizesQuery } from './queries'

interface AssignReachProps {
  everybody: boolean
  groups: readonly string[]
  people: readonly string[]
  isPublished: boolean
}

/** How many people that is, and whether they hear of it. */
export function AssignReach({ everybody, groups, people, isPublished }: AssignReachProps) {
  const { t } = useTranslation('courses')
  const all = useQuery({ ...everybodyQuery, enabled: everybody })
  const sizes = useQuery({ ...groupSizesQuery, enabled: !everybody && groups.length > 0 })
  const members = groups.map((id) => sizes.data?.get(id))
  const isKnown = everybody ? all.isSuccess : members.every((size) => size !== undefined)
  const count = everybody
    ? (all.data ?? 0)
    : members.reduce<number>((sum, size) => sum + (size ?? 0), people.length)
  // People may be members too, and members of several groups: then it is less.
  const isExact = everybody || groups.length + Math.min(1, people.length) < 2
  const words = () => {
    if (!isKnown) return t('assign.counting')
    if (count === 0) return t('assign.reachNobody')
    return isExact ? t('assign.reach', { count }) : t('assign.reachUpTo', { count })
  }
  return (
    <div className="flex items-start gap-3 rounded-lg bg-page px-4 py-3">
      <UsersIcon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-ink-soft" />
      <div>
        <p role="status" className="font-semibold">
          {words()}
        </p>
        <p className="text-sm text-ink-soft">
          {isPublished ? t('assign.told') : t('assign.toldLater')}
        </p>
      </div>
    </div>
  )
}
