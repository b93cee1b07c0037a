import { useCallback, useSyncExternalStore } from 'react'

/** Below this width there is no room for columns (the `sm` of the stylesheet). */
const NARROW = '(width < 40rem)'

/** Whether a media query holds, kept up to date. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (notify: () => void) => {
      const media = matchMedia(query)
      media.addEventListener('change', notify)
      return () => media.removeEventListener('change', notify)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}

/** For what is built differently on a phone. What only looks different is a matter of the stylesheet. */
export const useIsNarrow = (): boolean => useMediaQuery(NARROW)
