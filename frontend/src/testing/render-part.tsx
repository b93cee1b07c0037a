import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ComponentType } from 'react'
import { createMemoryRouter, Link } from 'react-router'
import { RouterProvider } from 'react-router/dom'

/** One part of a page at an address of its own, with another page beside it (`Elsewhere`). */
export function renderPart(Part: ComponentType, path = '/here') {
  const router = createMemoryRouter(
    [
      {
        path: '/here',
        element: (
          <main>
            <Part />
            <Link to="/elsewhere">Elsewhere</Link>
          </main>
        ),
      },
      { path: '/elsewhere', element: <h1>Elsewhere</h1> },
    ],
    { initialEntries: [path] },
  )
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const rendered = render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
  return { user: userEvent.setup(), router, ...rendered }
}
