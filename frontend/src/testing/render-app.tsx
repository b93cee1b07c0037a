import { render } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { createMemoryRouter } from 'react-router'
import { App } from '@/app/app'
import { createPortalDiscovery, routes } from '@/app/router'
import { watchSession } from '@/app/session-watcher'

/** The whole app at an address, with its real routes and guards; only the network is replaced. */
export function renderApp(path: string) {
  const router = createMemoryRouter(routes, {
    initialEntries: [path],
    patchRoutesOnNavigation: createPortalDiscovery(),
  })
  watchSession(router)
  return { user: userEvent.setup(), router, ...render(<App router={router} />) }
}
