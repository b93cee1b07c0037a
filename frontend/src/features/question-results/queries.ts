import { queryOptions } from '@tanstack/react-query'
import { type Answer, getAssignment, getItemStatistics } from '@/lib/api/operations'

export type Results = Answer<typeof getItemStatistics<true>>
export type Item = Results['questions'][number]

export const assignmentQuery = (assignmentId: string) =>
  queryOptions({
    queryKey: ['admin', 'assignment', assignmentId],
    queryFn: async ({ signal }) =>
      (await getAssignment({ path: { assignment_id: assignmentId }, signal })).data,
  })

export const resultsQuery = (assignmentId: string) =>
  queryOptions({
    queryKey: ['admin', 'assignment', assignmentId, 'item-statistics'],
    queryFn: async ({ signal }) =>
      (await getItemStatistics({ path: { assignment_id: assignmentId }, signal })).data,
  })
