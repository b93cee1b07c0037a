import { useUrlTableState } from '@/lib/use-url-table-state'
import type { Filters } from './queries'
import type { Status } from './status'

/** What a report shows, kept in the address. A status of another report is left out. */
export function useReportTable(statuses: readonly Status[]) {
  const table = useUrlTableState({
    filters: {
      course: 'text',
      group: 'text',
      department: 'text',
      status: statuses,
      date_from: 'text',
      date_to: 'text',
    },
  })
  const { page: _page, page_size: _size, ...filters } = table.query
  // No report searches for words.
  const { search: _search, ordering: _ordering, ...narrow } = filters
  return { ...table, narrow: narrow satisfies Filters }
}

export type ReportTable = ReturnType<typeof useReportTable>
