import type { KeyboardEvent } from 'react'

export type MarkingKey = 'right' | 'accept' | 'wrong' | 'next' | 'previous'

const KEYS: Record<string, MarkingKey> = {
  r: 'right',
  a: 'accept',
  w: 'wrong',
  ArrowDown: 'next',
  ArrowUp: 'previous',
}

/** What a key means for the answer that has the focus; undefined when it is not meant for it. */
export function readMarkingKey(event: KeyboardEvent): MarkingKey | undefined {
  const { target, currentTarget, key, ctrlKey, metaKey, altKey } = event
  // Only while the answer itself has the focus: keys in its buttons are theirs.
  if (target !== currentTarget || ctrlKey || metaKey || altKey) return undefined
  return KEYS[key.length === 1 ? key.toLowerCase() : key]
}
