import type { KeyboardEvent } from 'react'

export type ReviewKey = 'accept' | 'edit' | 'reject' | 'next' | 'previous'

const KEYS: Record<string, ReviewKey> = {
  a: 'accept',
  e: 'edit',
  r: 'reject',
  ArrowDown: 'next',
  ArrowUp: 'previous',
}

/** Where keys are letters, or move something else. */
const TYPED_INTO = 'input, textarea, select, [contenteditable], video'

/** What a key means in the list of questions; undefined when it is not meant for it. */
export function readReviewKey(event: KeyboardEvent): ReviewKey | undefined {
  const { target, key, ctrlKey, metaKey, altKey } = event
  // What is in a dialog above the list is told to the list as well.
  const isInside = target instanceof Element && event.currentTarget.contains(target)
  if (!isInside || target.closest(TYPED_INTO) || ctrlKey || metaKey || altKey) return undefined
  return KEYS[key.length === 1 ? key.toLowerCase() : key]
}
