import { useEffect } from 'react'
import { useSiteName } from '@/lib/tenant/theme-store'

/** `My courses – Demo School`: the page first, because tabs and screen readers cut the end off. */
export function useDocumentTitle(title: string): void {
  const school = useSiteName()
  useEffect(() => {
    document.title = [title, school].filter(Boolean).join(' – ')
  }, [title, school])
}
