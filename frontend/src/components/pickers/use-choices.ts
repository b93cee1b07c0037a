import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { isStatus } from '@/lib/api/problem'
import type { Choice, ChoiceSource } from './choice'

const oneKey = (source: ChoiceSource, id: string) => ['choices', source.key, 'one', id]

/** Names change seldom; asking again for each of twenty would be noise. In milliseconds. */
const STALE_MS = 5 * 60_000

/** Searches; what was found is known by its id from then on. */
export function useSearch(source: ChoiceSource): ChoiceSource['search'] {
  const queries = useQueryClient()
  return async (text, signal) => {
    const found = await source.search(text, signal)
    for (const choice of found.choices) queries.setQueryData(oneKey(source, choice.id), choice)
    return found
  }
}

/** What fits the text. */
export function useFound(source: ChoiceSource, text: string) {
  const search = useSearch(source)
  return useQuery({
    queryKey: ['choices', source.key, 'search', text],
    queryFn: ({ signal }) => search(text, signal),
    placeholderData: keepPreviousData,
  })
}

/** The names of ids; `null` for what does not exist any more, `undefined` while nobody knows. */
export function useNames(
  source: ChoiceSource,
  ids: readonly string[],
): (Choice | null | undefined)[] {
  const answers = useQueries({
    queries: ids.map((id) => ({
      queryKey: oneKey(source, id),
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        try {
          return await source.find(id, signal)
        } catch (error) {
          if (isStatus(error, 404)) return null
          throw error
        }
      },
      staleTime: STALE_MS,
    })),
  })
  return answers.map(({ data }) => data)
}
