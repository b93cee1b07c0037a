import type { ReactNode } from 'react'

/** One column of a list; on a phone one labelled line of a card. */
export interface Column<Row> {
  id: string
  header: string
  cell: (row: Row) => ReactNode
  /** The API's name of the field to sort by; without it the column cannot be sorted. */
  sortKey?: string
  /** Numbers stand at the end, so that their digits are below each other. */
  align?: 'end'
  /** Names the row: read out with every cell of it, and the title of the card. */
  isRowHeader?: boolean
  /** Left out between phone and desktop width, where there is no room for everything. */
  wideOnly?: boolean
}

/** Fits what `useUrlTableState` returns. */
export interface Sort {
  /** `name` ascending, `-name` descending. */
  ordering: string | undefined
  setOrdering: (ordering: string | undefined) => void
}

export type Direction = 'ascending' | 'descending'

/** How a column is sorted now; undefined when the list is sorted by something else. */
export function directionOf(sortKey: string, sort: Sort): Direction | undefined {
  if (sort.ordering === sortKey) return 'ascending'
  return sort.ordering === `-${sortKey}` ? 'descending' : undefined
}
