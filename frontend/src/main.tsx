import './index.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app'
import { createRouter } from './app/router'
import { watchSession } from './app/session-watcher'
import { configureApiClient } from './lib/api/client'
import { initI18n } from './lib/i18n'
import { applyCachedTheme, loadTheme } from './lib/tenant/theme-store'

/** Longest time the first visit waits for the school's colours before it shows itself without. */
const THEME_PATIENCE_MS = 2500

// After a new version was put online the old chunks are gone: one reload gets the new ones.
addEventListener('vite:preloadError', (event) => {
  const key = 'lms.reloaded-for-new-version'
  const last = Number(sessionStorage.getItem(key) ?? 0)
  // A chunk that stays missing must not become a reload loop.
  if (Date.now() - last < 60_000) return
  sessionStorage.setItem(key, String(Date.now()))
  event.preventDefault()
  location.reload()
})

configureApiClient()
const hadTheme = applyCachedTheme()
const themeLoaded = loadTheme()
// Asked for after the theme, so that both are on their way together.
await initI18n()

// Created before the theme is here, so that the question who is signed in goes out at once too.
const router = createRouter()
watchSession(router)

const container = document.getElementById('root')
if (!container) throw new Error('index.html has no #root')

if (!hadTheme) {
  await Promise.race([
    themeLoaded,
    new Promise((resolve) => {
      setTimeout(resolve, THEME_PATIENCE_MS)
    }),
  ])
}
createRoot(container).render(
  <StrictMode>
    <App router={router} />
  </StrictMode>,
)
