import type { SubmittedFile } from './queries'

/** Unfinished work. The server keeps none, so it stays in this browser. */
export interface Draft {
  text: string
  files: Pick<SubmittedFile, 'file_id' | 'file_name' | 'size_bytes'>[]
}

const keyOf = (userId: string, assignmentId: string) => `lms.task.${userId}.${assignmentId}`

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' &&
  value !== null &&
  'text' in value &&
  typeof value.text === 'string' &&
  'files' in value &&
  Array.isArray(value.files)

export function readDraft(userId: string, assignmentId: string): Draft | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(userId, assignmentId)) ?? 'null')
    return isDraft(kept) ? kept : null
  } catch {
    // Somebody else wrote there; it is not worth a fault.
    return null
  }
}

/** @returns whether the browser took it: its store may be full or forbidden */
export function keepDraft(userId: string, assignmentId: string, draft: Draft): boolean {
  try {
    localStorage.setItem(keyOf(userId, assignmentId), JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

export const forgetDraft = (userId: string, assignmentId: string): void =>
  localStorage.removeItem(keyOf(userId, assignmentId))
