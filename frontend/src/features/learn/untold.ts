import { type SecondRanges, toRanges } from '@/features/player/second-ranges'

const keyOf = (userId: string, contentId: string) => `lms.watched.${userId}.${contentId}`

/** What was watched without a network, kept in this browser until the server knows. */
export function readUntold(userId: string, contentId: string): SecondRanges {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(userId, contentId)) ?? '[]')
    return Array.isArray(kept) ? toRanges(kept.filter((pair) => Array.isArray(pair))) : []
  } catch {
    // Somebody else wrote there; it is not worth a fault.
    return []
  }
}

export function keepUntold(userId: string, contentId: string, ranges: SecondRanges): void {
  const key = keyOf(userId, contentId)
  if (ranges.length === 0) localStorage.removeItem(key)
  else localStorage.setItem(key, JSON.stringify(ranges))
}
