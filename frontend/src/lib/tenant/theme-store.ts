import { create } from 'zustand'
import { getTheme, type Theme } from '@/lib/api/operations'
import { isStatus } from '@/lib/api/problem'
import { applyTheme } from './apply-theme'

interface ThemeState {
  /** `missing`: this host is no school's address. `unreachable`: nobody could say. */
  status: 'loading' | 'ready' | 'missing' | 'unreachable'
  theme: Theme | null
}

const CACHE = 'lms.theme'

export const useThemeStore = create<ThemeState>()(() => ({ status: 'loading', theme: null }))

/** The school's name for titles and texts; empty until known. */
export const useSchoolName = (): string => useThemeStore((state) => state.theme?.name ?? '')

function readCache(): Theme | null {
  try {
    const theme = JSON.parse(localStorage.getItem(CACHE) ?? 'null') as Theme | null
    return theme && typeof theme.name === 'string' && typeof theme.primary_color === 'string'
      ? theme
      : null
  } catch {
    return null
  }
}

function writeCache(theme: Theme | null): void {
  try {
    if (theme) localStorage.setItem(CACHE, JSON.stringify(theme))
    else localStorage.removeItem(CACHE)
  } catch {
    // Storage off or full: the theme is fetched at every visit instead.
  }
}

function accept(theme: Theme): void {
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

export async function loadTheme(): Promise<void> {
  try {
    const { data } = await getTheme()
    writeCache(data)
    accept(data)
  } catch (error) {
    if (isStatus(error, 404)) {
      writeCache(null)
      useThemeStore.setState({ status: 'missing', theme: null })
    } else if (useThemeStore.getState().status !== 'ready') {
      useThemeStore.setState({ status: 'unreachable' })
    }
  }
}
