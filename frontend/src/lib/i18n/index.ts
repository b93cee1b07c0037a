import i18n, { type BackendModule, type CustomTypeOptions } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { keepLanguage, type Language, LANGUAGES, preferredLanguage } from './languages'
import common from './locales/en/common.json'

const catalogues = import.meta.glob<{ default: Record<string, unknown> }>([
  './locales/*/*.json',
  '!./locales/en/common.json',
])

/** Fetches the words of a portal when one of its pages is opened. */
const lazyCatalogues: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => {
    const load = catalogues[`./locales/${language}/${namespace}.json`]
    if (!load) {
      done(new Error(`no catalogue ${language}/${namespace}`), null)
      return
    }
    load().then(
      (module) => done(null, module.default),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), null),
    )
  },
}

const tellBrowser = () => {
  document.documentElement.lang = i18n.resolvedLanguage ?? 'en'
}

/** @returns when the words of every page are there in the reader's language */
export async function initI18n(): Promise<void> {
  await i18n
    .use(lazyCatalogues)
    .use(initReactI18next)
    .init({
      lng: preferredLanguage(),
      fallbackLng: 'en',
      supportedLngs: Object.keys(LANGUAGES),
      ns: ['common'],
      defaultNS: 'common',
      resources: { en: { common } },
      partialBundledLanguages: true,
      interpolation: { escapeValue: false /* React escapes */ },
      react: { useSuspense: false },
    })
  tellBrowser()
}

/** Puts the whole app into another language, without a reload: what was typed stays. */
export async function changeLanguage(language: Language): Promise<void> {
  await i18n.changeLanguage(language)
  keepLanguage(language)
  tellBrowser()
}

/** The catalogues that are fetched when a page needs them. */
export type Words = Exclude<keyof CustomTypeOptions['resources'], 'common'>

/** Loads words before the page that shows them, so that no page ever shows a key. */
export const loadWords = (namespace: Words): Promise<void> => i18n.loadNamespaces(namespace)
