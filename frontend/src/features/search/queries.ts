import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type Answer, search } from '@/lib/api/operations'
import { LEARNER_KEY } from '@/lib/learner-key'

export type Found = Answer<typeof search<true>>
export type TextPart = Found['courses'][number]['parts'][number]

/** The API looks for nothing shorter, and takes nothing longer. */
export const SHORTEST = 2
export const LONGEST = 100

export const searchQuery = (words: string) =>
  queryOptions({
    queryKey: [...LEARNER_KEY, 'search', words],
    queryFn: async ({ signal }) => (await search({ query: { q: words }, signal })).data,
    enabled: words.length >= SHORTEST,
    // What was found stays while more is typed.
    placeholderData: keepPreviousData,
  })
