import { create } from 'zustand'
import { getTheme } from '@/lib/api/first-calls'
import type { Theme } from '@/lib/api/operations'
import { isStatus } from '@/lib/api/problem'
import { applyPlatformFont, applyTheme } from './apply-theme'

interface ThemeState {
  /** `missing`: nothing lives on this host. `unreachable`: nobody could say. */
  status: 'loading' | 'ready' | 'missing' | 'unreachable'
  /** Null on the platform's own host, which has the product's looks. */
  theme: Theme | null
}

/** What the platform's own site is called. */
const PLATFORM_NAME = 'Brain LMS'

const CACHE = 'lms.theme'
const PLATFORM = 'platform'

export const useThemeStore = create<ThemeState>()(() => ({ status: 'loading', theme: null }))

/** The name of the school or of the platform, for titles and texts; empty until known. */
export const useSiteName = (): string =>
  useThemeStore(({ status, theme }) => theme?.name ?? (status === 'ready' ? PLATFORM_NAME : ''))

/** Whether this is the Command Center's host and no school's. */
export const useIsPlatform = (): boolean =>
  useThemeStore(({ status, theme }) => status === 'ready' && theme === null)

function readCache(): Theme | typeof PLATFORM | null {
  try {
    const kept = JSON.parse(localStorage.getItem(CACHE) ?? 'null') as Theme | string | null
    if (typeof kept === 'string' || kept === null) return kept === PLATFORM ? PLATFORM : null
    return typeof kept.name === 'string' && typeof kept.primary_color === 'string' ? kept : null
  } catch {
    return null
  }
}

function writeCache(theme: Theme | typeof PLATFORM | null): void {
  try {
    if (theme) localStorage.setItem(CACHE, JSON.stringify(theme))
    else localStorage.removeItem(CACHE)
  } catch {
    // Storage off or full: the theme is fetched at every visit instead.
  }
}

function accept(theme: Theme | typeof PLATFORM): void {
  if (theme === PLATFORM) {
    applyPlatformFont()
    useThemeStore.setState({ status: 'ready', theme: null })
    return
  }
  applyTheme(theme)
  useThemeStore.setState({ status: 'ready', theme })
}

/**
 * Puts the theme of the last visit on before anything is painted.
 *
 * @returns whether there was one. The cache needs no host in its key: storage belongs to the origin.
 */
export function applyCachedTheme(): boolean {
  const theme = readCache()
  if (theme) accept(theme)
  return theme !== null
}

/**
 * The API has no theme for the platform's own host, nor for a host where nothing lives. Only on the
 * first does it ask who is there.
 */
async function isPlatformHost(): Promise<boolean> {
  const { status } = await fetch('/api/users/auth/me')
  if (status !== 401 && status !== 404) throw new Error(`unexpected answer ${status}`)
  return status === 401
}

export async function loadTheme(): Promise<void> {
  try {
    const { data } = await getTheme()
    writeCache(data)
    accept(data)
  } catch (error) {
    if (!isStatus(error, 404)) {
      if (useThemeStore.getState().status !== 'ready') {
        useThemeStore.setState({ status: 'unreachable' })
      }
      return
    }
    const isPlatform = await isPlatformHost().catch(() => null)
    if (isPlatform) {
      writeCache(PLATFORM)
      accept(PLATFORM)
    } else if (isPlatform === false) {
      writeCache(null)
      useThemeStore.setState({ status: 'missing', theme: null })
    } else if (useThemeStore.getState().status !== 'ready') {
      useThemeStore.setState({ status: 'unreachable' })
    }
  }
}
