import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type Answer, getPlatformStats, getSchool, listTroubledSteps } from '@/lib/api/operations'

export type TroubledStep = Answer<typeof listTroubledSteps<true>>['results'][number]
type StepsQuery = NonNullable<Parameters<typeof listTroubledSteps>[0]>['query']

/** How often the page looks anew, in milliseconds: what was tried again leaves the list by itself. */
const POLL_MS = 15_000

/** Everything about videos in trouble. */
export const TROUBLE = ['platform', 'pipeline'] as const

export const troubleQuery = (query: StepsQuery) =>
  queryOptions({
    queryKey: [...TROUBLE, query],
    queryFn: async ({ signal }) => (await listTroubledSteps({ query, signal })).data,
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MS,
  })

/** How much waits, runs and failed. The same answer as on the start page. */
export const statsQuery = queryOptions({
  queryKey: ['platform', 'stats'],
  queryFn: async ({ signal }) => (await getPlatformStats({ signal })).data,
  refetchInterval: POLL_MS,
})

/** The school that the list is narrowed to. */
export const schoolQuery = (schoolId: string | undefined) =>
  queryOptions({
    queryKey: ['platform', 'schools', 'one', schoolId],
    queryFn: async ({ signal }) =>
      (await getSchool({ path: { tenant_id: schoolId ?? '' }, signal })).data,
    enabled: schoolId !== undefined,
  })
