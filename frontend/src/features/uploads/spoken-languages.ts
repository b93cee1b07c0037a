import { languageName } from '@/lib/format'

/** Languages in which schools teach and which the speech recognition writes down well. */
const SPOKEN =
  'ar bn cs da de el en es fi fr he hi hu id it ja ko nl no pl pt ro ru sv sw ta th tr uk ur vi zh'.split(
    ' ',
  )

/** @param detect what the choice is called that leaves it to the server */
export function languageOptions(detect: string, locale: string | undefined) {
  const named = SPOKEN.map((value) => ({ value, label: languageName(value) }))
  return [
    { value: '', label: detect },
    ...named.toSorted((one, other) => one.label.localeCompare(other.label, locale)),
  ]
}
