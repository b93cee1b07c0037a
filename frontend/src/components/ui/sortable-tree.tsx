import { ArrowRightEndOnRectangleIcon, ChevronRightIcon } from '@heroicons/react/24/outline'
import { clsx } from 'clsx'
import { type ReactNode, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { Tree, TreeItem, TreeItemContent } from 'react-aria-components/Tree'
import { useDragAndDrop } from 'react-aria-components/useDragAndDrop'
import { useTranslation } from 'react-i18next'
import { RowMenu } from '@/components/data-table/row-menu'
import { type GroupOrder, placeAt, placeBeside, placeInGroup } from '@/lib/reorder'
import type { MenuAction } from './menu'
import {
  DragHandle,
  dropLine,
  InPageLanguage,
  moveActions,
  ROW,
  useMoveNews,
} from './sortable-parts'

interface Identified {
  id: string
}

interface SortableTreeProps<G extends Identified, I extends Identified> {
  /** Spoken name. */
  label: string
  groups: readonly G[]
  itemsOf: (group: G) => readonly I[]
  groupName: (group: G) => string
  itemName: (item: I) => string
  renderGroup: (group: G) => ReactNode
  renderItem: (item: I) => ReactNode
  /** Groups and all that is in them in the new order. Show it at once: the tree draws what it is given. */
  onReorder: (order: GroupOrder[]) => void
  /** The group or item that is open beside the tree. */
  selectedId?: string | null
  onSelect: (id: string) => void
  /** More for the menus, below the moves. */
  groupActions?: (group: G) => readonly MenuAction[]
  itemActions?: (item: I) => readonly MenuAction[]
  className?: string
}

/** Tells groups from items while they are dragged. */
const GROUP = 'application/x-lms-group'
const ITEM = 'application/x-lms-item'

/**
 * Groups with items, both in an order that people choose: by dragging, by keyboard (Enter on the
 * handle, arrows, Enter), or by the menu of a row. Items may change their group. What happens is spoken.
 */
export function SortableTree<G extends Identified, I extends Identified>(
  props: SortableTreeProps<G, I>,
) {
  return (
    <InPageLanguage>
      <Rows {...props} />
    </InPageLanguage>
  )
}

function Rows<G extends Identified, I extends Identified>({
  label,
  groups,
  itemsOf,
  groupName,
  itemName,
  renderGroup,
  renderItem,
  onReorder,
  selectedId = null,
  onSelect,
  groupActions,
  itemActions,
  className,
}: SortableTreeProps<G, I>) {
  const { t } = useTranslation('frame')
  const { tell, news } = useMoveNews()
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  // Groups are dragged past each other, not through each other: meanwhile all are closed.
  const [groupIsDragged, setGroupIsDragged] = useState(false)
  const order = groups.map((group): GroupOrder => ({
    id: group.id,
    itemIds: itemsOf(group).map(({ id }) => id),
  }))
  const groupIds = order.map(({ id }) => id)
  const isGroup = (id: string) => groupIds.includes(id)

  const moveGroup = (id: string, next: string[]) => {
    const group = groups.find((each) => each.id === id)
    if (!group || next.every((each, index) => each === groupIds[index])) return
    onReorder(next.flatMap((each) => order.find((entry) => entry.id === each) ?? []))
    const position = next.indexOf(id) + 1
    tell(t('sortable.moved', { name: groupName(group), position, count: next.length }))
  }
  const moveItem = (id: string, groupId: string, place: number) => {
    const item = groups.flatMap(itemsOf).find((each) => each.id === id)
    const group = groups.find((each) => each.id === groupId)
    const next = placeInGroup(order, id, groupId, place)
    const there = next.find((entry) => entry.id === groupId)?.itemIds
    const before = order.find((entry) => entry.id === groupId)?.itemIds
    if (!item || !group || !there || there.join() === before?.join()) return
    onReorder(next)
    // Whoever moves something wants to see it arrive.
    setClosed((ids) => new Set([...ids].filter((each) => each !== groupId)))
    const position = there.indexOf(id) + 1
    const words = { name: itemName(item), position, count: there.length, group: groupName(group) }
    tell(t('sortable.movedInto', words))
  }
  const drop = (id: string, target: string, side: 'before' | 'after' | 'on') => {
    if (isGroup(id)) {
      if (side !== 'on') moveGroup(id, placeBeside(groupIds, id, target, side))
      return
    }
    const group = order.find((entry) => entry.id === target || entry.itemIds.includes(target))
    if (!group) return
    if (side === 'on') moveItem(id, group.id, group.itemIds.length)
    else moveItem(id, group.id, placeBeside(group.itemIds, id, target, side).indexOf(id))
  }

  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) =>
      [...keys].map(String).map((id) => ({ [isGroup(id) ? GROUP : ITEM]: id, 'text/plain': id })),
    renderDropIndicator: dropLine,
    getDropOperation: (target, types) => {
      if (target.type !== 'item') return 'cancel'
      const [onGroup, inside] = [isGroup(String(target.key)), target.dropPosition === 'on']
      const fits = types.has(GROUP) ? onGroup && !inside : onGroup === inside
      return fits ? 'move' : 'cancel'
    },
    onDragStart: ({ keys }) => setGroupIsDragged([...keys].map(String).some(isGroup)),
    onDragEnd: () => setGroupIsDragged(false),
    onMove: ({ keys, target }) => {
      for (const key of keys) drop(String(key), String(target.key), target.dropPosition)
    },
  })

  const groupMenu = (group: G, index: number) => [
    ...moveActions(
      {
        index,
        count: groups.length,
        moveTo: (place) => moveGroup(group.id, placeAt(groupIds, group.id, place)),
      },
      t,
    ),
    ...(groupActions?.(group) ?? []),
  ]
  const itemMenu = (item: I, group: G, index: number) => [
    ...moveActions(
      {
        index,
        count: itemsOf(group).length,
        moveTo: (place) => moveItem(item.id, group.id, place),
      },
      t,
    ),
    ...groups
      .filter(({ id }) => id !== group.id)
      .map((other): MenuAction => ({
        id: `to-${other.id}`,
        label: t('sortable.moveTo', { group: groupName(other) }),
        icon: ArrowRightEndOnRectangleIcon,
        onAction: () => moveItem(item.id, other.id, itemsOf(other).length),
      })),
    ...(itemActions?.(item) ?? []),
  ]
  return (
    <div className={className}>
      <Tree
        aria-label={label}
        dragAndDropHooks={dragAndDropHooks}
        keyboardNavigationBehavior="tab"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={selectedId === null ? [] : [selectedId]}
        onSelectionChange={(keys) => {
          for (const key of keys) if (key !== selectedId) onSelect(String(key))
        }}
        expandedKeys={groupIsDragged ? [] : groupIds.filter((id) => !closed.has(id))}
        onExpandedChange={(keys) => setClosed(new Set(groupIds.filter((id) => !keys.has(id))))}
        className="flex flex-col gap-1"
      >
        {groups.map((group, groupIndex) => (
          <TreeItem
            key={group.id}
            id={group.id}
            textValue={groupName(group)}
            className={clsx(ROW, 'font-semibold not-first:mt-2')}
          >
            <Row menu={<RowMenu name={groupName(group)} actions={groupMenu(group, groupIndex)} />}>
              {renderGroup(group)}
            </Row>
            {itemsOf(group).map((item, index) => (
              <TreeItem
                key={item.id}
                id={item.id}
                textValue={itemName(item)}
                className={clsx(ROW, 'ml-4 sm:ml-8')}
              >
                <Row
                  menu={<RowMenu name={itemName(item)} actions={itemMenu(item, group, index)} />}
                >
                  {renderItem(item)}
                </Row>
              </TreeItem>
            ))}
          </TreeItem>
        ))}
      </Tree>
      {news}
    </div>
  )
}

function Row({ menu, children }: { menu: ReactNode; children: ReactNode }) {
  return (
    <TreeItemContent>
      {({ hasChildItems, isExpanded }) => (
        <div className="flex items-center gap-1 px-1">
          <DragHandle />
          {hasChildItems && (
            <Button
              slot="chevron"
              className="flex size-11 shrink-0 cursor-pointer items-center justify-center rounded-lg hover:bg-page"
            >
              <ChevronRightIcon
                aria-hidden="true"
                className={clsx('size-5 transition-transform', isExpanded && 'rotate-90')}
              />
            </Button>
          )}
          <div className="min-w-0 flex-1 cursor-pointer py-2">{children}</div>
          {menu}
        </div>
      )}
    </TreeItemContent>
  )
}
