import type { TFunction } from 'i18next'

/** What happened, as a sentence without its object: `course.published` -> `Published a course`. */
export function describeAction(action: string, t: TFunction<'audit'>): string {
  const [room = '', deed = ''] = action.split('.')
  const rooms: Record<string, Record<string, string>> = t('actions', { returnObjects: true })
  return rooms[room]?.[deed] ?? t('otherAction', { action: readable(action) })
}

/** `is_published` -> `is published`: better than nothing for what has no words yet. */
export const readable = (name: string): string => name.replaceAll(/[._]/g, ' ')
