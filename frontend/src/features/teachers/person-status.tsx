import { EnvelopeIcon } from '@heroicons/react/20/solid'
import { useTranslation } from 'react-i18next'
import { StatusChip } from '@/components/ui/status-chip'
import type { Teacher } from './queries'

export const STATUSES = ['active', 'invited', 'deactivated'] as const
type Status = (typeof STATUSES)[number]

/** What each of them asks the API. */
export const ASKED = {
  active: { is_active: true, is_invited: false },
  invited: { is_active: true, is_invited: true },
  deactivated: { is_active: false },
} as const satisfies Record<Status, object>

export function statusOf({
  is_active: isActive,
  is_invited: isInvited,
}: Pick<Teacher, 'is_active' | 'is_invited'>): Status {
  if (!isActive) return 'deactivated'
  return isInvited ? 'invited' : 'active'
}

/** Whether somebody can sign in, has yet to choose a password, or cannot any more. */
export function PersonStatus({ person }: { person: Teacher }) {
  const { t } = useTranslation('teachers')
  const status = statusOf(person)
  if (status === 'invited') {
    return (
      <StatusChip tone="warning" icon={EnvelopeIcon}>
        {t('status.invited')}
      </StatusChip>
    )
  }
  return (
    <StatusChip tone={status === 'active' ? 'success' : 'neutral'}>
      {t(`status.${status}`)}
    </StatusChip>
  )
}
