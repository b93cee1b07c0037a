import { expect, it } from 'vitest'
import { LANGUAGES } from './languages'

type Catalogue = { [key: string]: string | Catalogue }

const files = import.meta.glob<{ default: Catalogue }>('./locales/*/*.json', { eager: true })
const names = Object.keys(files).flatMap((path) => /\/en\/(.+)\.json$/.exec(path)?.[1] ?? [])
const others = Object.keys(LANGUAGES).filter((language) => language !== 'en')

type Words = [key: string, text: string][]

function flatten(catalogue: Catalogue, prefix = ''): Words {
  return Object.entries(catalogue).flatMap(([key, value]): Words =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  )
}

const read = (language: string, name: string) =>
  flatten(files[`./locales/${language}/${name}.json`]?.default ?? {})

/** `count_one` is a plural form of `count`. */
const PLURAL = /_(zero|one|two|few|many|other)$/

const holes = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, hole]) => hole).toSorted()

it.each(others.flatMap((language) => names.map((name) => [language, name] as const)))(
  '%s has every text of %s, with every plural form and every hole',
  (language, name) => {
    const [english, other] = [read('en', name), read(language, name)]
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    const wanted = english.flatMap(([key]) => {
      if (!PLURAL.test(key)) return [key]
      return key.endsWith('_other') ? forms.map((form) => key.replace(PLURAL, `_${form}`)) : []
    })
    expect(other.map(([key]) => key).toSorted()).toEqual(wanted.toSorted())

    const texts = new Map(other)
    const plain = english.filter(([key]) => !PLURAL.test(key))
    expect(plain.map(([key]) => [key, holes(texts.get(key) ?? '')])).toEqual(
      plain.map(([key, text]) => [key, holes(text)]),
    )
    expect(other.filter(([, text]) => text.trim() === '')).toEqual([])
  },
)
