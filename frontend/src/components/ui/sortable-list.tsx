import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { GridList, GridListItem } from 'react-aria-components/GridList'
import { useDragAndDrop } from 'react-aria-components/useDragAndDrop'
import { useTranslation } from 'react-i18next'
import { RowMenu } from '@/components/data-table/row-menu'
import { placeAt, placeBeside } from '@/lib/reorder'
import type { MenuAction } from './menu'
import {
  DragHandle,
  dropLine,
  InPageLanguage,
  moveActions,
  ROW,
  useMoveNews,
} from './sortable-parts'

interface SortableListProps<T extends { id: string }> {
  /** Spoken name. */
  label: string
  items: readonly T[]
  nameOf: (item: T) => string
  /** What a row shows between its handle and its menu. May hold fields and buttons. */
  renderItem: (item: T, index: number) => ReactNode
  /** Every id in the new order. Show it at once: the list draws what it is given. */
  onReorder: (ids: string[]) => void
  /** More for the menu of a row, below the moves. */
  actions?: (item: T) => readonly MenuAction[]
  className?: string
}

/**
 * A list in an order that people choose: by dragging, by keyboard (Enter on the handle, arrows,
 * Enter), or by the menu of a row. What happens is spoken.
 */
export function SortableList<T extends { id: string }>(props: SortableListProps<T>) {
  return (
    <InPageLanguage>
      <Rows {...props} />
    </InPageLanguage>
  )
}

function Rows<T extends { id: string }>({
  label,
  items,
  nameOf,
  renderItem,
  onReorder,
  actions,
  className,
}: SortableListProps<T>) {
  const { t } = useTranslation('frame')
  const { tell, news } = useMoveNews()
  const ids = items.map(({ id }) => id)

  const reorder = (id: string, next: string[]) => {
    const item = items.find((each) => each.id === id)
    if (!item || next.every((each, index) => each === ids[index])) return
    onReorder(next)
    const position = next.indexOf(id) + 1
    tell(t('sortable.moved', { name: nameOf(item), position, count: next.length }))
  }
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': String(key) })),
    renderDropIndicator: dropLine,
    onReorder: ({ keys, target }) => {
      const [id] = [...keys].map(String)
      if (id === undefined || target.dropPosition === 'on') return
      reorder(id, placeBeside(ids, id, String(target.key), target.dropPosition))
    },
  })
  return (
    <div className={className}>
      <GridList
        aria-label={label}
        dragAndDropHooks={dragAndDropHooks}
        // Fields in a row keep their own keys.
        keyboardNavigationBehavior="tab"
        className="flex flex-col gap-1"
      >
        {items.map((item, index) => (
          <GridListItem
            key={item.id}
            id={item.id}
            textValue={nameOf(item)}
            className={clsx(ROW, 'flex items-center gap-1 px-1')}
          >
            <DragHandle />
            <div className="min-w-0 flex-1 py-2">{renderItem(item, index)}</div>
            <RowMenu
              name={nameOf(item)}
              actions={[
                ...moveActions(
                  {
                    index,
                    count: items.length,
                    moveTo: (place) => reorder(item.id, placeAt(ids, item.id, place)),
                  },
                  t,
                ),
                ...(actions?.(item) ?? []),
              ]}
            />
          </GridListItem>
        ))}
      </GridList>
      {news}
    </div>
  )
}
