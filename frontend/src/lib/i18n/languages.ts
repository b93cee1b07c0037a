/** Languages of the pages, by their own names: whoever looks for theirs cannot read the others. */
export const LANGUAGES = { en: 'English', es: 'Español' } as const

export type Language = keyof typeof LANGUAGES

const KEPT = 'lms.language'

const isLanguage = (value: string | null): value is Language => value !== null && value in LANGUAGES

/** What was chosen here before, or the first language of the browser that we speak, or English. */
export function preferredLanguage(): Language {
  let kept: string | null = null
  try {
    kept = localStorage.getItem(KEPT)
  } catch {
    // Storage is off: the browser's languages decide.
  }
  if (isLanguage(kept)) return kept
  const spoken = navigator.languages.map((tag) => tag.split('-')[0] ?? tag)
  return spoken.find(isLanguage) ?? 'en'
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(KEPT, language)
  } catch {
    // It lasts until the page is closed, then.
  }
}
