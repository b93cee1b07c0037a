import { EnvelopeIcon } from '@heroicons/react/20/solid'
import type { TFunction } from 'i18next'
import type { Column } from '@/components/data-table/column'
import { PersonName } from '@/components/person-name'
import { StatusChip } from '@/components/ui/status-chip'
import { formatMoment, formatRelative } from '@/lib/format'
import type { Member } from './queries'

export const memberColumns = (t: TFunction<'groups'>): Column<Member>[] => [
  {
    id: 'name',
    header: t('column.name'),
    sortKey: 'name',
    isRowHeader: true,
    cell: (person) => <PersonName person={person} />,
  },
  {
    id: 'role',
    header: t('members.role'),
    cell: ({ role, department }) => (
      <>
        {t(`role.${role}`)}
        {department && <span className="block text-sm text-ink-soft">{department}</span>}
      </>
    ),
  },
  {
    id: 'status',
    header: t('members.status'),
    cell: (person) => <MemberStatus t={t} person={person} />,
  },
  {
    id: 'lastHere',
    header: t('members.lastHere'),
    cell: ({ last_sign_in_at: at }) =>
      at ? (
        <time dateTime={at} title={formatMoment(at)}>
          {formatRelative(at)}
        </time>
      ) : (
        <span className="text-ink-soft">{t('members.never')}</span>
      ),
  },
]

function MemberStatus({ t, person }: { t: TFunction<'groups'>; person: Member }) {
  if (!person.is_active) return <StatusChip tone="neutral">{t('status.deactivated')}</StatusChip>
  return person.is_invited ? (
    <StatusChip tone="warning" icon={EnvelopeIcon}>
      {t('status.invited')}
    </StatusChip>
  ) : (
    <StatusChip tone="success">{t('status.active')}</StatusChip>
  )
}
