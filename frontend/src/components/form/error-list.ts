import type { FieldErrors, FieldValues } from 'react-hook-form'

export interface FormFault {
  /** Path of the field: `title`, `questions.0.text`. */
  name: string
  message: string
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** The nested errors of a form as a list, in the order of its fields. */
export function listFaults(errors: FieldErrors<FieldValues>): FormFault[] {
  const walk = (node: unknown, path: string): FormFault[] => {
    if (!isRecord(node)) return []
    if (typeof node.message === 'string' && typeof node.type === 'string') {
      return [{ name: path, message: node.message }]
    }
    return Object.entries(node).flatMap(([key, child]) =>
      // `ref` is the control itself, a whole tree of the page.
      key === 'ref' ? [] : walk(child, path ? `${path}.${key}` : key),
    )
  }
  return walk(errors, '')
}

/** Paths of everything in the values of a form: what the server may complain about. */
export function fieldPaths(values: FieldValues, prefix = ''): string[] {
  return Object.entries(values).flatMap(([key, value]: [string, unknown]) => {
    const path = prefix + key
    const inner = isRecord(value) ? fieldPaths(value, `${path}.`) : []
    return [path].concat(inner)
  })
}
