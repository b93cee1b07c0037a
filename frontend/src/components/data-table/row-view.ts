import type { MenuAction } from '../ui/menu'
import type { Column, Sort } from './column'
import type { RowSelection } from './selection'

/** What both looks of a list, table and cards, are drawn from. */
export interface RowsProps<Row> {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** What a row is called in the names of its checkbox and menu. */
  nameOf: (row: Row) => string
  sort?: Sort | undefined
  selection?: RowSelection<Row> | undefined
  rowActions?: ((row: Row) => readonly MenuAction[]) | undefined
}
