/** For so long a deleted course can be had back. */
const RESTORE_DAYS = 30

/** The calendar day, `2026-11-22`, until which a deleted course can be restored. */
export function restorableUntil(deletedAt: string): string {
  const last = new Date(deletedAt)
  last.setUTCDate(last.getUTCDate() + RESTORE_DAYS)
  return last.toISOString().slice(0, 10)
}
