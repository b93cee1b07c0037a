import { useEffect } from 'react'
import { useSchoolName } from '@/lib/tenant/theme-store'

/** `My courses – Demo School`: the page first, because tabs and screen readers cut the end off. */
export function useDocumentTitle(title: string): void {
  const school = useSchoolName()
  useEffect(() => {
    document.title = [title, school].filter(Boolean).join(' – ')
  }, [title, school])
}
