const DAY_MS = 86_400_000

/** How many days a day is away on the school's calendar; 0 is today. */
export function daysUntil(day: string, timeZone: string, now = new Date()): number {
  // The Swedish way of writing a date is that of the API.
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(now)
  return Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS)
}
