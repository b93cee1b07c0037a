import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { CourseFilter, GroupFilter } from '@/components/pickers/filter-pickers'
import { DateField } from '@/components/ui/date-field'
import { Select } from '@/components/ui/select'
import { Folded } from './folded'
import { departmentsQuery, type Source } from './queries'
import type { Status } from './status'
import type { ReportTable } from './use-report-table'

interface ReportFiltersProps {
  report: Source<unknown>['id']
  table: ReportTable
  statuses: readonly Status[]
}

/** What narrows a report down. All of it stands in the address. */
export function ReportFilters({ report, table, statuses }: ReportFiltersProps) {
  const { t } = useTranslation('reports')
  const departments = useQuery(departmentsQuery).data ?? []
  const { filters, setFilter } = table
  // One that nobody belongs to any more, or that somebody typed into the address, is shown all the same.
  const known = new Set([...departments, ...(filters.department ? [filters.department] : [])])
  return (
    <>
      <CourseFilter
        label={t('filter.course')}
        placeholder={t('filter.allCourses')}
        value={filters.course ?? null}
        onChange={(id) => setFilter('course', id ?? '')}
        className="sm:w-64"
      />
      <Select
        label={t('filter.status')}
        value={filters.status ?? ''}
        onChange={(value) => setFilter('status', value)}
        options={[
          { value: '', label: t('filter.allStatuses') },
          ...statuses.map((status) => ({ value: status, label: t(`status.${status}`) })),
        ]}
        className="sm:w-44"
      />
      <Folded
        title={t('filter.more')}
        inUse={[filters.group, filters.department, filters.date_from, filters.date_to].some(
          Boolean,
        )}
      >
        <GroupFilter
          label={t('filter.group')}
          placeholder={t('filter.allGroups')}
          value={filters.group ?? null}
          onChange={(id) => setFilter('group', id ?? '')}
          className="sm:w-52"
        />
        {known.size > 0 && (
          <Select
            label={t('filter.department')}
            value={filters.department ?? ''}
            onChange={(value) => setFilter('department', value)}
            options={[
              { value: '', label: t('filter.allDepartments') },
              ...[...known].map((name) => ({ value: name, label: name })),
            ]}
            className="sm:w-48"
          />
        )}
        <DateField
          label={t(`${report}.from`)}
          value={filters.date_from}
          onChange={(day) => setFilter('date_from', day ?? '')}
        />
        <DateField
          label={t(`${report}.until`)}
          value={filters.date_to}
          onChange={(day) => setFilter('date_to', day ?? '')}
        />
      </Folded>
    </>
  )
}
