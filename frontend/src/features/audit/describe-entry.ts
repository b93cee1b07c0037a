import type { TFunction } from 'i18next'
import { readable } from '@/lib/describe-action'
import { formatMoment, formatNumber } from '@/lib/format'
import type { AuditEntry } from './queries'

type Translate = TFunction<'audit'>

/** A change of one field, in words. */
export interface Change {
  field: string
  before: string
  after: string
}

/** What differs between the two states of an entry; fields that stayed are left out. */
export function changesOf(entry: AuditEntry, t: Translate, timeZone?: string): Change[] {
  const [before, after] = [entry.before ?? {}, entry.after ?? {}]
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const words: Record<string, string> = t('fields', { returnObjects: true })
  return fields
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => ({
      field: words[field] ?? readable(field),
      before: describeValue(before[field], t, timeZone),
      after: describeValue(after[field], t, timeZone),
    }))
}

const ID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/
/** A constant of the API: `SCHOOL_ADMIN`. */
const CONSTANT = /^[A-Z][A-Z_]+$/

function describeValue(value: unknown, t: Translate, timeZone?: string): string {
  if (value === null || value === undefined || value === '') return t('value.none')
  if (typeof value === 'boolean') return value ? t('value.yes') : t('value.no')
  if (typeof value === 'number') return formatNumber(value)
  if (Array.isArray(value)) {
    if (value.length === 0) return t('value.none')
    // Nobody knows people and groups by their ids; how many they are says more.
    if (value.every((item) => typeof item === 'string' && ID.test(item))) {
      return t('value.items', { count: value.length })
    }
    return value.map((item) => describeValue(item, t, timeZone)).join(', ')
  }
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([key, item]) => `${readable(key)}: ${describeValue(item, t, timeZone)}`)
      .join('; ')
  }
  const text = String(value)
  if (ID.test(text)) return t('value.something')
  if (MOMENT.test(text)) return formatMoment(text, timeZone)
  const constants: Record<string, string> = t('constants', { returnObjects: true })
  return constants[text] ?? (CONSTANT.test(text) ? readable(text.toLowerCase()) : text)
}
