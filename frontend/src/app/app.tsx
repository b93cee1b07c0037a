import { RouterProvider } from 'react-router/dom'
import { useThemeStore } from '@/lib/tenant/theme-store'
import type { AppRouter } from './router'
import { UnknownSchoolPage } from './unknown-school-page'
import { UnreachablePage } from './unreachable-page'

export function App({ router }: { router: AppRouter }) {
  const status = useThemeStore((state) => state.status)
  if (status === 'missing') return <UnknownSchoolPage />
  if (status === 'unreachable') return <UnreachablePage />
  return <RouterProvider router={router} />
}
