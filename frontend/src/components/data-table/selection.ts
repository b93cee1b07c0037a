import { type ChangeEvent, useRef } from 'react'

export interface Selection<Row> {
  selected: ReadonlySet<string>
  onChange: (selected: ReadonlySet<string>) => void
  /** Rows that cannot be chosen have no checkbox. */
  isSelectable?: (row: Row) => boolean
}

/** What the checkboxes of a list do. Shift takes everything between the last one and this one. */
export function useRowSelection<Row>(
  rows: readonly Row[],
  rowKey: (row: Row) => string,
  selection: Selection<Row> | undefined,
) {
  const lastKey = useRef<string>(undefined)
  if (!selection) return undefined
  const { selected, onChange, isSelectable = () => true } = selection
  const keys = rows.filter(isSelectable).map(rowKey)
  const chosenHere = keys.filter((key) => selected.has(key)).length

  const mark = (changed: readonly string[], on: boolean) => {
    const next = new Set(selected)
    for (const key of changed) {
      if (on) next.add(key)
      else next.delete(key)
    }
    onChange(next)
  }
  return {
    isSelectable,
    isSelected: (key: string) => selected.has(key),
    all: keys.length > 0 && chosenHere === keys.length,
    some: chosenHere > 0 && chosenHere < keys.length,
    toggleAll: (on: boolean) => mark(keys, on),
    toggle: (key: string, { target, nativeEvent }: ChangeEvent<HTMLInputElement>) => {
      const from = lastKey.current === undefined ? -1 : keys.indexOf(lastKey.current)
      const to = keys.indexOf(key)
      const isRange = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey && from >= 0
      const changed = isRange ? keys.slice(Math.min(from, to), Math.max(from, to) + 1) : [key]
      mark(changed, target.checked)
      lastKey.current = key
    },
  }
}

export type RowSelection<Row> = NonNullable<ReturnType<typeof useRowSelection<Row>>>
