import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query'
import { type Answer, getAssignment, getSettings, listExtensions } from '@/lib/api/operations'

export type Assignment = Answer<typeof getAssignment<true>>
export type Extension = Answer<typeof listExtensions<true>>['results'][number]

type ListQuery = NonNullable<Parameters<typeof listExtensions>[0]['query']>

export const assignmentQuery = (assignmentId: string) =>
  queryOptions({
    queryKey: ['admin', 'assignment', assignmentId],
    queryFn: async ({ signal }) =>
      (await getAssignment({ path: { assignment_id: assignmentId }, signal })).data,
  })

const listKey = (assignmentId: string) => ['admin', 'assignment', assignmentId, 'extensions']

export const extensionsQuery = (assignmentId: string, query: ListQuery) =>
  queryOptions({
    queryKey: [...listKey(assignmentId), query],
    queryFn: async ({ signal }) =>
      (await listExtensions({ path: { assignment_id: assignmentId }, query, signal })).data,
    placeholderData: keepPreviousData,
  })

/** The school's clock, by which the end of an attempt is told. */
export const timeZoneQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: async ({ signal }) => (await getSettings({ signal })).data,
  select: (settings) => settings.time_zone,
})

export const refreshExtensions = (client: QueryClient, assignmentId: string) =>
  client.invalidateQueries({ queryKey: listKey(assignmentId) })
