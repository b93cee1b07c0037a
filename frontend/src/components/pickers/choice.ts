/** Something that can be chosen. */
export interface Choice {
  id: string
  label: string
  /** A second line: an email address, a department. */
  hint?: string
}

/** Where choices come from. */
export interface ChoiceSource {
  /** Names it in the cache of queries. */
  key: string
  /** What fits the text; the empty text is the beginning of the list. `count`: how many there are in all. */
  search: (text: string, signal: AbortSignal) => Promise<{ choices: Choice[]; count: number }>
  /** One that is known by its id only. */
  find: (id: string, signal: AbortSignal) => Promise<Choice>
}

/** What every picker of several takes. */
export interface PickerProps {
  label: string
  /** Ids. */
  value: readonly string[]
  onChange: (ids: string[]) => void
  hint?: string
  error?: string | undefined
  className?: string
}

/** What every picker of one takes. */
export interface SinglePickerProps {
  label: string
  /** An id. */
  value: string | null
  onChange: (id: string | null) => void
  hint?: string
  error?: string | undefined
  optional?: boolean
  /** What nothing chosen means: "All courses". */
  placeholder?: string
  className?: string
}

/** How many are fetched for one search. */
export const FOUND_SIZE = 20
