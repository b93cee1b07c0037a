import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query'
import {
  type Answer,
  getAssignment,
  getCourse,
  getSettings,
  listAssignments,
  listSubmissions,
} from '@/lib/api/operations'

export type Assignment = Answer<typeof getAssignment<true>>
export type AssignmentKind = Assignment['kind']
export type Submission = Answer<typeof listSubmissions<true>>['results'][number]

type ListQuery = NonNullable<NonNullable<Parameters<typeof listAssignments>[0]>['query']>
type WorkQuery = NonNullable<Parameters<typeof listSubmissions>[0]['query']>

export const KINDS = ['MANUAL', 'QUIZ', 'REFLECTION'] as const satisfies readonly AssignmentKind[]

export const assignmentsQuery = (query: ListQuery) =>
  queryOptions({
    queryKey: ['admin', 'assignments', query],
    queryFn: async ({ signal }) => (await listAssignments({ query, signal })).data,
    placeholderData: keepPreviousData,
  })

export const assignmentQuery = (assignmentId: string) =>
  queryOptions({
    queryKey: ['admin', 'assignment', assignmentId],
    queryFn: async ({ signal }) =>
      (await getAssignment({ path: { assignment_id: assignmentId }, signal })).data,
  })

export const submissionsQuery = (assignmentId: string, query: WorkQuery) =>
  queryOptions({
    queryKey: ['admin', 'assignment', assignmentId, 'submissions', query],
    queryFn: async ({ signal }) =>
      (await listSubmissions({ path: { assignment_id: assignmentId }, query, signal })).data,
    placeholderData: keepPreviousData,
  })

/** The parts of a course, to say to which of them an assignment belongs. */
export const partsQuery = (courseId: string) =>
  queryOptions({
    queryKey: ['admin', 'course', courseId, 'parts'],
    queryFn: async ({ signal }) =>
      (await getCourse({ path: { course_id: courseId }, signal })).data.modules,
  })

/** The school's clock, by which work is in time or late. */
export const timeZoneQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: async ({ signal }) => (await getSettings({ signal })).data,
  select: (settings) => settings.time_zone,
})

/** An assignment was changed: the page shows the answer at once, lists ask anew. */
export function keepAssignment(client: QueryClient, assignment: Assignment): Promise<void> {
  client.setQueryData(assignmentQuery(assignment.id).queryKey, assignment)
  return refreshLists(client)
}

export const refreshLists = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ queryKey: ['admin', 'assignments'] })
