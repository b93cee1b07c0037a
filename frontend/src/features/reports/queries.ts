import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import {
  type Answer,
  getAnalytics,
  reportAssignmentStatus,
  reportCourseCompletion,
  reportEngagement,
} from '@/lib/api/operations'

/** Rows of a page. As files, and as jobs that make files, reports go through the ExportButton. */
type PageOf<T> = Extract<T, { results: unknown[] }>
export type CompletionRow = PageOf<Answer<typeof reportCourseCompletion<true>>>['results'][number]
export type WorkRow = PageOf<Answer<typeof reportAssignmentStatus<true>>>['results'][number]
export type EngagementRow = PageOf<Answer<typeof reportEngagement<true>>>['results'][number]

export type Query = NonNullable<NonNullable<Parameters<typeof reportCourseCompletion>[0]>['query']>
/** What narrows a report down. */
export type Filters = Omit<Query, 'page' | 'page_size' | 'format' | 'async'>

export interface Page<Row> {
  count: number
  results: Row[]
}

/** Asked for JSON, a report comes as a page: anything else would be a fault of the server. */
function pageOf<T extends object>(data: T): PageOf<T> {
  if (!('results' in data)) throw new Error('a report came as something else than a page')
  return data as PageOf<T>
}

/** One of the reports: how to ask for it, as a page or as a file. */
export interface Source<Row> {
  id: 'completion' | 'assignments' | 'engagement'
  operation: typeof reportCourseCompletion | typeof reportAssignmentStatus | typeof reportEngagement
  fetchPage: (query: Query, signal?: AbortSignal) => Promise<Page<Row>>
}

export const completion: Source<CompletionRow> = {
  id: 'completion',
  operation: reportCourseCompletion,
  fetchPage: async (query, signal) =>
    pageOf((await reportCourseCompletion({ query, signal: signal ?? null })).data),
}
export const assignments: Source<WorkRow> = {
  id: 'assignments',
  operation: reportAssignmentStatus,
  fetchPage: async (query, signal) =>
    pageOf((await reportAssignmentStatus({ query, signal: signal ?? null })).data),
}
export const engagement: Source<EngagementRow> = {
  id: 'engagement',
  operation: reportEngagement,
  fetchPage: async (query, signal) =>
    pageOf((await reportEngagement({ query, signal: signal ?? null })).data),
}

export const rowsQuery = <Row>(source: Source<Row>, query: Query) =>
  queryOptions({
    queryKey: ['reports', source.id, 'rows', query],
    queryFn: ({ signal }) => source.fetchPage(query, signal),
    placeholderData: keepPreviousData,
  })

/** How many rows there are of each status, among those that the other filters let through. */
export const sharesQuery = <Row, S extends string>(
  source: Source<Row>,
  statuses: readonly S[],
  { status: _all, ...filters }: Filters,
) =>
  queryOptions({
    queryKey: ['reports', source.id, 'shares', filters],
    queryFn: ({ signal }) =>
      Promise.all(
        statuses.map(async (status) => {
          const page = await source.fetchPage({ ...filters, status, page_size: 1 }, signal)
          return { status, count: page.count }
        }),
      ),
    placeholderData: keepPreviousData,
  })

/** The departments that the school's people belong to. */
export const departmentsQuery = queryOptions({
  queryKey: ['analytics', 'departments'],
  queryFn: async ({ signal }) => (await getAnalytics({ query: { months: 1 }, signal })).data,
  select: ({ departments }) =>
    departments.map(({ department }) => department).filter((name) => name !== ''),
})
