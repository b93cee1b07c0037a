import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Toolbar } from '@/components/data-table/toolbar'
import { Select } from '@/components/ui/select'
import type { useUrlTableState } from '@/lib/use-url-table-state'
import { STATUSES } from './person-status'
import { departmentsQuery, ROLES } from './queries'

type Kinds = { role: typeof ROLES; department: 'text'; group: 'text'; status: typeof STATUSES }

interface TeacherFiltersProps {
  table: ReturnType<typeof useUrlTableState<Kinds>>
  groups: readonly { id: string; name: string }[]
}

/** Which people are shown. */
export function TeacherFilters({ table, groups }: TeacherFiltersProps) {
  const { t } = useTranslation('teachers')
  const { data: departments = [] } = useQuery(departmentsQuery)
  const { role, department, group, status } = table.filters
  // One that only an address names is a choice too, so that it can be seen and taken away.
  const known = [...new Set([...departments, ...(department ? [department] : [])])].toSorted(
    (a, b) => a.localeCompare(b),
  )
  return (
    <Toolbar table={table} searchLabel={t('search')}>
      <Select
        label={t('filter.status')}
        value={status ?? ''}
        onChange={(value) => table.setFilter('status', value)}
        options={[
          { value: '', label: t('filter.allStatuses') },
          ...STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
        ]}
        className="sm:w-40"
      />
      <Select
        label={t('filter.role')}
        value={role ?? ''}
        onChange={(value) => table.setFilter('role', value)}
        options={[
          { value: '', label: t('filter.allRoles') },
          ...ROLES.map((value) => ({ value, label: t(`role.${value}`) })),
        ]}
        className="sm:w-40"
      />
      {known.length > 0 && (
        <Select
          label={t('filter.department')}
          value={department ?? ''}
          onChange={(value) => table.setFilter('department', value)}
          options={[
            { value: '', label: t('filter.allDepartments') },
            ...known.map((value) => ({ value, label: value })),
          ]}
          className="sm:w-40"
        />
      )}
      {groups.length > 0 && (
        <Select
          label={t('filter.group')}
          value={group ?? ''}
          onChange={(value) => table.setFilter('group', value)}
          options={[
            { value: '', label: t('filter.allGroups') },
            ...groups.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          className="sm:w-40"
        />
      )}
    </Toolbar>
  )
}
