import { QueryClient } from '@tanstack/react-query'
import { isTransient } from '@/lib/api/problem'

export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // A refusal stays a refusal; only what may pass by itself is tried again.
        retry: (failures, error) => failures < 2 && isTransient(error),
        // "online" only: the banner says why nothing loads, and it goes on by itself.
        networkMode: 'online',
      },
    },
  })
