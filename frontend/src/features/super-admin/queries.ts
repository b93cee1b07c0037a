import { queryOptions } from '@tanstack/react-query'
import { type Answer, getPlatformStats, listSchools } from '@/lib/api/operations'

export type Stats = Answer<typeof getPlatformStats<true>>
export type Activity = Stats['activity'][number]
export type NearLimit = Stats['schools_near_limits'][number]

/** How often the figures are made new while somebody looks, in milliseconds. */
const POLL_MS = 60_000
/** How many schools a card of the start page names. */
export const MOST_NAMED = 5

export const statsQuery = queryOptions({
  queryKey: ['platform', 'stats'],
  queryFn: async ({ signal }) => (await getPlatformStats({ signal })).data,
  refetchInterval: POLL_MS,
})

/** Schools on trial, the one that ends first at the top. */
export const trialsQuery = queryOptions({
  queryKey: ['platform', 'schools', 'trials'],
  queryFn: async ({ signal }) =>
    (
      await listSchools({
        query: { is_trial: true, ordering: 'trial_ends_on', page_size: MOST_NAMED },
        signal,
      })
    ).data,
  refetchInterval: POLL_MS,
})
