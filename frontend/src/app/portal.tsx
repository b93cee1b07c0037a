import { QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { Outlet } from 'react-router'
import { createQueryClient } from './query-client'

/**
 * Around every page behind the sign-in. What the server told lives exactly as long as this: signing
 * out unmounts it, so the next person at this computer starts with nothing of the last one.
 * It is not part of the entry, because the sign-in page does without it.
 */
export function Portal() {
  const [queryClient] = useState(createQueryClient)
  return (
    <QueryClientProvider client={queryClient}>
      <Outlet />
    </QueryClientProvider>
  )
}
