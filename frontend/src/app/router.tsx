import {
  createBrowserRouter,
  Outlet,
  type PatchRoutesOnNavigationFunction,
  type RouteObject,
  ScrollRestoration,
} from 'react-router'
import { redirectHome, redirectToPortal } from './guards'
import { LoadingPage } from './loading-page'
import { NotFoundPage } from './not-found-page'
import { RouteError } from './route-error'
import { publicRoutes } from './routes/public-routes'

function Root() {
  return (
    <>
      <Outlet />
      <ScrollRestoration />
    </>
  )
}

export const routes: RouteObject[] = [
  {
    id: 'root',
    Component: Root,
    ErrorBoundary: RouteError,
    HydrateFallback: LoadingPage,
    children: [
      { index: true, loader: redirectHome },
      publicRoutes,
      { path: '/courses/*', loader: redirectToPortal },
      { path: '/assignments/*', loader: redirectToPortal },
      { path: '*', Component: NotFoundPage },
    ],
  },
]

const PORTALS: Record<string, () => Promise<RouteObject>> = {
  'super-admin': async () => (await import('./routes/super-admin-routes')).superAdminRoutes,
  admin: async () => (await import('./routes/admin-routes')).adminRoutes,
  teacher: async () => (await import('./routes/teacher-routes')).teacherRoutes,
}

/**
 * Adds the pages of a portal when somebody first goes there: who signs in need not download the list
 * of all pages there are.
 */
export function createPortalDiscovery(): PatchRoutesOnNavigationFunction {
  const known = new Set<string>()
  return async ({ path, patch }) => {
    const [, portal = ''] = path.split('/')
    const load = PORTALS[portal]
    if (!load || known.has(portal)) return
    const pages = await load()
    // Another navigation may have been quicker.
    if (known.has(portal)) return
    known.add(portal)
    patch('root', [pages])
  }
}

export const createRouter = () =>
  createBrowserRouter(routes, { patchRoutesOnNavigation: createPortalDiscovery() })
export type AppRouter = ReturnType<typeof createRouter>
