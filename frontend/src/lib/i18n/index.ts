import i18n, { type BackendModule } from 'i18next'
import { initReactI18next } from 'react-i18next'
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

export function initI18n(): void {
  void i18n
    .use(lazyCatalogues)
    .use(initReactI18next)
    .init({
      lng: 'en',
      fallbackLng: 'en',
      supportedLngs: ['en'],
      ns: ['common'],
      defaultNS: 'common',
      resources: { en: { common } },
      partialBundledLanguages: true,
      initAsync: false,
      interpolation: { escapeValue: false /* React escapes */ },
      react: { useSuspense: false },
    })
  document.documentElement.lang = i18n.resolvedLanguage ?? 'en'
}

/** Loads words before the page that shows them, so that no page ever shows a key. */
export const loadWords = (namespace: 'auth' | 'teacher'): Promise<void> =>
  i18n.loadNamespaces(namespace)
