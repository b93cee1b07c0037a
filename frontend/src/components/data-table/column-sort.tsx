import { ChevronDownIcon, ChevronUpDownIcon, ChevronUpIcon } from '@heroicons/react/20/solid'
import { useTranslation } from 'react-i18next'
import { Select } from '../ui/select'
import { type Column, directionOf, type Sort } from './column'

/** The heading of a column that the list can be sorted by. Its direction is told by the cell around it. */
export function SortButton({
  header,
  sortKey,
  sort,
}: {
  header: string
  sortKey: string
  sort: Sort
}) {
  const direction = directionOf(sortKey, sort)
  const Icon =
    direction === undefined
      ? ChevronUpDownIcon
      : direction === 'ascending'
        ? ChevronUpIcon
        : ChevronDownIcon
  return (
    <button
      type="button"
      onClick={() => sort.setOrdering(direction === 'ascending' ? `-${sortKey}` : sortKey)}
      className="-mx-2 inline-flex min-h-9 items-center gap-1 rounded-md px-2 text-left font-semibold hover:bg-line"
    >
      {header}
      <Icon aria-hidden="true" className="size-4 shrink-0" />
    </button>
  )
}

/** The same for a list of cards, which has no headings of columns. */
export function SortSelect<Row>({
  columns,
  sort,
}: {
  columns: readonly Column<Row>[]
  sort: Sort
}) {
  const { t } = useTranslation('frame')
  const options = columns.flatMap(({ header: column, sortKey }) =>
    sortKey === undefined
      ? []
      : [
          { value: sortKey, label: t('table.ascending', { column }) },
          { value: `-${sortKey}`, label: t('table.descending', { column }) },
        ],
  )
  if (options.length === 0) return null
  return (
    <Select
      label={t('table.sortBy')}
      options={[{ value: '', label: t('table.unsorted') }, ...options]}
      value={sort.ordering}
      onChange={(ordering) => sort.setOrdering(ordering || undefined)}
    />
  )
}
