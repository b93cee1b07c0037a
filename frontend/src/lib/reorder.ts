/** Where something is dropped, seen from what lies there. */
type Side = 'before' | 'after'

/** `ids` with `id` at another place; `index` counts without it. What is not there yet comes in. */
export function placeAt(ids: readonly string[], id: string, index: number): string[] {
  const others = ids.filter((each) => each !== id)
  return others.toSpliced(Math.min(Math.max(0, index), others.length), 0, id)
}

/** `ids` with `id` right before or after another one. */
export function placeBeside(
  ids: readonly string[],
  id: string,
  neighbour: string,
  side: Side,
): string[] {
  if (id === neighbour) return [...ids]
  const index = ids.filter((each) => each !== id).indexOf(neighbour)
  return placeAt(ids, id, side === 'after' ? index + 1 : index)
}

/** The order of groups and of what is in each. */
export interface GroupOrder {
  id: string
  itemIds: string[]
}

/** Takes an item out of its group and puts it into another, or elsewhere in the same. */
export function placeInGroup(
  order: readonly GroupOrder[],
  itemId: string,
  groupId: string,
  index: number,
): GroupOrder[] {
  return order.map(({ id, itemIds }) => ({
    id,
    itemIds:
      id === groupId ? placeAt(itemIds, itemId, index) : itemIds.filter((each) => each !== itemId),
  }))
}
