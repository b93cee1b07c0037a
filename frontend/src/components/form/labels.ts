import { createContext, use, useEffect } from 'react'

/** What the fields of a form are called, by name; the summary of errors says it. */
export type FieldLabels = Map<string, string>

export const FieldLabelsContext = createContext<FieldLabels | null>(null)

export function useFieldLabel(name: string, label: string): void {
  const labels = use(FieldLabelsContext)
  useEffect(() => {
    labels?.set(name, label)
    return () => {
      labels?.delete(name)
    }
  }, [labels, name, label])
}
