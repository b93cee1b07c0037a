import type { TFunction } from 'i18next'
import type { Column } from '@/components/data-table/column'
import { PersonName } from '@/components/person-name'
import { formatDate, formatMoment, formatRelative } from '@/lib/format'
import { PersonStatus } from './person-status'
import type { Teacher } from './queries'

/** More would make a row as tall as a card. */
const GROUPS_SHOWN = 2

/** @param groupNames of every group by its id; those that are not known yet are left out */
export const teacherColumns = (
  t: TFunction<'teachers'>,
  groupNames: ReadonlyMap<string, string>,
): Column<Teacher>[] => [
  {
    id: 'name',
    header: t('column.name'),
    sortKey: 'name',
    isRowHeader: true,
    cell: (person) => <PersonName person={person} />,
  },
  {
    id: 'role',
    header: t('column.role'),
    cell: ({ role, department }) => (
      <>
        {t(`role.${role}`)}
        {department && <span className="block text-sm text-ink-soft">{department}</span>}
      </>
    ),
  },
  {
    id: 'groups',
    header: t('column.groups'),
    wideOnly: true,
    cell: ({ group_ids: ids }) => <GroupList t={t} ids={ids} groupNames={groupNames} />,
  },
  {
    id: 'status',
    header: t('column.status'),
    cell: (person) => <PersonStatus person={person} />,
  },
  {
    id: 'lastHere',
    header: t('column.lastHere'),
    cell: ({ last_sign_in_at: at, created_at: added }) =>
      at ? (
        <time dateTime={at} title={formatMoment(at)}>
          {formatRelative(at)}
        </time>
      ) : (
        <>
          {t('never')}
          <span className="block text-sm whitespace-nowrap text-ink-soft">
            {t('addedOn', { day: formatDate(added) })}
          </span>
        </>
      ),
  },
]

interface GroupListProps {
  t: TFunction<'teachers'>
  ids: readonly string[]
  groupNames: ReadonlyMap<string, string>
}

function GroupList({ t, ids, groupNames }: GroupListProps) {
  const names = ids.flatMap((id) => groupNames.get(id) ?? []).toSorted((a, b) => a.localeCompare(b))
  const rest = names.length - GROUPS_SHOWN
  return (
    <>
      {names.length === 0 ? (
        <span className="text-ink-soft">–</span>
      ) : (
        names.slice(0, GROUPS_SHOWN).join(', ')
      )}
      {rest > 0 && (
        <span className="block text-sm text-ink-soft">{t('moreGroups', { count: rest })}</span>
      )}
    </>
  )
}
