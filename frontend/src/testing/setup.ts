import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest'
import { configureApiClient } from '@/lib/api/client'
import { sessionStore } from '@/lib/auth/session-store'
import { initI18n, loadWords, type Words } from '@/lib/i18n'
import { useThemeStore } from '@/lib/tenant/theme-store'
import { theme } from './factories'
import { server } from './server'

// jsdom lays nothing out and plays nothing; these are the parts of a browser that the pages ask for.
Element.prototype.scrollTo = () => undefined
globalThis.scrollTo = () => undefined
globalThis.matchMedia = (media) =>
  Object.assign(new EventTarget(), {
    matches: false,
    media,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  })
HTMLMediaElement.prototype.load = () => undefined
HTMLMediaElement.prototype.pause = () => undefined
HTMLMediaElement.prototype.play = () => Promise.resolve()

// jsdom has no canvas to draw on; what a chart says stands in its name, its sentence and its table.
vi.mock('react-chartjs-2', async () => import('./drawn-chart'))

// A busy machine needs seconds to load the chunk of a page; waiting ends as soon as it is there.
configure({ asyncUtilTimeout: 10_000 })

const CATALOGUES = Object.keys(import.meta.glob('../lib/i18n/locales/en/*.json'))
  .map((path) => path.replace(/.*\/(.+)\.json$/, '$1'))
  .filter((name): name is Words => name !== 'common')

await initI18n()
configureApiClient()

beforeAll(async () => {
  // A request that no test has foreseen is a fault of the test or of the page.
  server.listen({ onUnhandledFrame: 'error' })
  await Promise.all(CATALOGUES.map(loadWords))
})

beforeEach(() => {
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['en-GB', 'en'])
  sessionStore.setState(sessionStore.getInitialState(), true)
  useThemeStore.setState({ status: 'ready', theme }, true)
})

afterEach(() => {
  cleanup()
  server.resetHandlers()
  localStorage.clear()
})

afterAll(() => {
  server.close()
})
