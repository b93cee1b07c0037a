import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'

/** `text` takes anything, `boolean` takes true and false, a list takes what is in it. */
type FilterKind = 'text' | 'boolean' | readonly string[]
type FilterKinds = Record<string, FilterKind>

/** What stands in the address. */
type Word<K> = K extends 'boolean'
  ? 'true' | 'false'
  : K extends readonly (infer V extends string)[]
    ? V
    : string
/** What the API is asked with. */
type Asked<K> = K extends 'boolean' ? boolean : Word<K>

type KindsOf<F> = F extends readonly (infer N extends string)[]
  ? Record<N, 'text'>
  : F extends FilterKinds
    ? F
    : Record<never, never>

type Ordering<O extends string> = O | `-${O}`

interface Options<F, O extends string> {
  /** Names of filters that take any text, or what each of them takes: `{ plan: ['FREE', 'PRO'] }`. */
  filters?: F
  /** Fields that the list can be sorted by. Without them any is taken. */
  orderings?: readonly O[]
  /** Rows on a page until the person chooses otherwise. */
  pageSize?: number
  /** Keeps two lists of one page apart in its address. */
  prefix?: string
}

interface TableState<K, O extends string> {
  page: number
  pageSize: number
  search: string
  ordering: Ordering<O> | undefined
  filters: { [N in keyof K]?: Word<K[N]> }
  setPage: (page: number) => void
  setPageSize: (size: number) => void
  setSearch: (search: string) => void
  /** `name` or `-name`; undefined is the order in which the server likes to answer. */
  setOrdering: (ordering: string | undefined) => void
  /** Empty and undefined take the filter away. */
  setFilter: <N extends keyof K & string>(name: N, value: Word<K[N]> | '' | undefined) => void
  /** Several at once: of two calls in a row the router would only keep the second. */
  setFilters: (values: { [N in keyof K]?: Word<K[N]> | '' | undefined }) => void
  /** Takes the search and all filters away; the order stays. */
  clear: () => void
  /** Whether the list shows less than everything. */
  hasFilters: boolean
  /** For the `query` of the generated client, and for the query's key. */
  query: {
    page: number
    page_size: number
    search?: string
    ordering?: Ordering<O>
  } & { [N in keyof K]?: Asked<K[N]> }
}

export const PAGE_SIZES = [10, 20, 50, 100] as const
const DEFAULT_PAGE_SIZE = 20
const KEPT_PAGE_SIZE = 'page-size'

const isPageSize = (value: number): boolean => PAGE_SIZES.some((size) => size === value)

/** How many rows this person likes, on this computer. */
function keptPageSize(): number | undefined {
  const kept = Number(localStorage.getItem(KEPT_PAGE_SIZE))
  return isPageSize(kept) ? kept : undefined
}

function accepts(kind: FilterKind, value: string): boolean {
  if (kind === 'text') return true
  return kind === 'boolean' ? value === 'true' || value === 'false' : kind.includes(value)
}

/**
 * The state of a list, kept in the address: it can be sent to somebody, and Back works. What somebody
 * typed there by hand and makes no sense is left out.
 */
export function useUrlTableState<
  const F extends readonly string[] | FilterKinds = [],
  const O extends string = string,
>({ filters: given, orderings, pageSize: usualSize, prefix = '' }: Options<F, O> = {}): TableState<
  KindsOf<F>,
  O
> {
  type State = TableState<KindsOf<F>, O>
  const [params, setParams] = useSearchParams()
  // Callers write the lists anew at each render; only what is in them counts.
  const spec = JSON.stringify([given ?? [], orderings ?? null])

  const change = useCallback(
    (values: Record<string, string | undefined>, { push = false } = {}) => {
      setParams(
        (before) => {
          const after = new URLSearchParams(before)
          for (const [name, value] of Object.entries(values)) {
            if (value) after.set(prefix + name, value)
            else after.delete(prefix + name)
          }
          return after
        },
        // A new page begins at its top; a filter leaves the person where they are.
        push ? {} : { replace: true, preventScrollReset: true },
      )
    },
    [setParams, prefix],
  )

  return useMemo(() => {
    // Both were made from the options a line above.
    const [names, known] = JSON.parse(spec) as [string[] | FilterKinds, string[] | null]
    const kinds: FilterKinds = Array.isArray(names)
      ? Object.fromEntries(names.map((name) => [name, 'text']))
      : names
    const read = (name: string) => params.get(prefix + name) ?? ''

    const typedPage = Number(read('page'))
    const page = Number.isInteger(typedPage) && typedPage > 0 ? typedPage : 1
    const typedSize = Number(read('page_size'))
    const pageSize = isPageSize(typedSize)
      ? typedSize
      : (keptPageSize() ?? usualSize ?? DEFAULT_PAGE_SIZE)
    const search = read('search')
    const typedOrder = read('ordering')
    const isOrder = typedOrder && (known?.includes(typedOrder.replace(/^-/, '')) ?? true)
    const ordering = isOrder ? typedOrder : undefined
    const filters = Object.fromEntries(
      Object.entries(kinds).flatMap(([name, kind]) => {
        const value = read(name)
        return value && accepts(kind, value) ? [[name, value]] : []
      }),
    )
    const asked = Object.fromEntries(
      Object.entries(filters).map(([name, value]) => [
        name,
        kinds[name] === 'boolean' ? value === 'true' : value,
      ]),
    )
    const query = {
      page,
      page_size: pageSize,
      ...(search && { search }),
      ...(ordering && { ordering }),
      ...asked,
    }
    return {
      page,
      pageSize,
      search,
      // The checks above are what makes these of the types that the options promise.
      ordering: ordering as State['ordering'],
      filters: filters as State['filters'],
      query: query as State['query'],
      hasFilters: search !== '' || Object.keys(filters).length > 0,
      setPage: (next) => change({ page: next > 1 ? String(next) : undefined }, { push: true }),
      setPageSize: (size) => {
        localStorage.setItem(KEPT_PAGE_SIZE, String(size))
        change({ page_size: String(size), page: undefined })
      },
      setSearch: (text) => change({ search: text.trim() || undefined, page: undefined }),
      setOrdering: (order) => change({ ordering: order, page: undefined }),
      setFilter: (name, value) => change({ [name]: value || undefined, page: undefined }),
      setFilters: (values) => change({ ...values, page: undefined }),
      clear: () =>
        change({
          search: undefined,
          page: undefined,
          ...Object.fromEntries(Object.keys(kinds).map((name) => [name, undefined])),
        }),
    }
  }, [params, spec, prefix, usualSize, change])
}
