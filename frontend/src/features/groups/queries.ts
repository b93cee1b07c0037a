import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import { fetchAllPages } from '@/lib/api/all-pages'
import {
  type Answer,
  getGroup,
  listCourses,
  listGroups,
  listTeachers,
  reportCourseCompletion,
} from '@/lib/api/operations'

export type Group = Answer<typeof getGroup<true>>
export type Kind = Group['kind']
export type Member = Answer<typeof listTeachers<true>>['results'][number]
export type GroupCourse = Answer<typeof listCourses<true>>['results'][number]
type GroupsAsked = NonNullable<Parameters<typeof listGroups>[0]>['query']
type MembersAsked = NonNullable<Parameters<typeof listTeachers>[0]>['query']
type StandingAsked = NonNullable<Parameters<typeof reportCourseCompletion>[0]>['query']

export const KINDS = [
  'SUBJECT',
  'GRADE',
  'DEPARTMENT',
  'IB',
  'CUSTOM',
] as const satisfies readonly Kind[]

const GROUPS = ['groups'] as const

export const groupsQuery = (query: GroupsAsked) =>
  queryOptions({
    queryKey: [...GROUPS, 'list', query],
    queryFn: async ({ signal }) => (await listGroups({ query, signal })).data,
    placeholderData: keepPreviousData,
  })

export const groupQuery = (groupId: string) =>
  queryOptions({
    queryKey: [...GROUPS, 'one', groupId],
    queryFn: async ({ signal }) => (await getGroup({ path: { group_id: groupId }, signal })).data,
  })

/** Who is in a group, those whose accounts are closed included. */
export const membersQuery = (groupId: string, query: MembersAsked) =>
  queryOptions({
    queryKey: [...GROUPS, 'members', groupId, query],
    queryFn: async ({ signal }) =>
      (await listTeachers({ query: { ...query, group: groupId }, signal })).data,
    placeholderData: keepPreviousData,
  })

/** What is assigned to a group by name. */
export const groupCoursesQuery = (groupId: string) =>
  queryOptions({
    queryKey: [...GROUPS, 'courses', groupId],
    queryFn: ({ signal }) =>
      fetchAllPages((page) => listCourses({ query: { ...page, group: groupId }, signal })),
  })

/** How many courses of how many people stand so; only their number is asked for. */
async function countStandings(query: StandingAsked, signal: AbortSignal): Promise<number> {
  const { data } = await reportCourseCompletion({ query: { ...query, page_size: 1 }, signal })
  // A page of rows: no file was asked for.
  return 'count' in data ? data.count : 0
}

/** How the members stand with their courses; with one course, or with all that they have. */
export const standingQuery = (groupId: string, courseId?: string) =>
  queryOptions({
    queryKey: [...GROUPS, 'standing', groupId, courseId],
    queryFn: async ({ signal }) => {
      const query = { group: groupId, ...(courseId !== undefined && { course: courseId }) }
      const [all, completed, overdue] = await Promise.all([
        countStandings(query, signal),
        countStandings({ ...query, status: 'COMPLETED' }, signal),
        courseId === undefined ? countStandings({ ...query, status: 'OVERDUE' }, signal) : 0,
      ])
      return { all, completed, overdue }
    },
  })

/** After a group or its members changed: whatever shows them asks anew. */
export async function refreshGroups(queries: QueryClient): Promise<void> {
  await Promise.all(
    [GROUPS, ['choices'], ['teachers'], ['courses']].map((queryKey) =>
      queries.invalidateQueries({ queryKey }),
    ),
  )
}
