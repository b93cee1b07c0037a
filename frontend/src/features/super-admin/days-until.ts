const DAY_MS = 86_400_000

/** Calendar days from today to `day`, by the reader's own calendar. */
export function daysUntil(day: string, now = new Date()): number {
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())
  return Math.round((Date.parse(`${day}T00:00:00Z`) - today) / DAY_MS)
}
