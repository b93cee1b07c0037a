interface Page<T> {
  count: number
  results: T[]
}

/** The most that the API gives at once. */
const PAGE_SIZE = 100

/**
 * Fetches a list as a whole, for what one person has: their courses, their tasks. Not for lists that
 * grow with the school.
 */
export async function fetchAllPages<T>(
  fetchPage: (query: { page: number; page_size: number }) => Promise<{ data: Page<T> }>,
): Promise<T[]> {
  const first = (await fetchPage({ page: 1, page_size: PAGE_SIZE })).data
  const more = Math.ceil(first.count / PAGE_SIZE) - 1
  const rest = await Promise.all(
    Array.from({ length: Math.max(0, more) }, (_, index) =>
      fetchPage({ page: index + 2, page_size: PAGE_SIZE }),
    ),
  )
  return [...first.results, ...rest.flatMap(({ data }) => data.results)]
}
