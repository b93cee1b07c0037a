import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import {
  type Answer,
  getCourse,
  listAssignments,
  listCourses,
  listGroups,
  listTeachers,
} from '@/lib/api/operations'

export type CourseRow = Answer<typeof listCourses<true>>['results'][number]
export type Course = Answer<typeof getCourse<true>>
export type Module = Course['modules'][number]
export type Content = Module['contents'][number]
export type ContentKind = Content['content_type']
export type CourseWork = Answer<typeof listAssignments<true>>['results'][number]
type ListAsked = NonNullable<Parameters<typeof listCourses<true>>[0]>['query']

/** How often the outline asks how far videos are that are being prepared. */
const PREPARING_POLL_MS = 15_000
/** More work than this hangs on one course only in theory; the list of all of it is a page away. */
const WORK_SHOWN = 50

export const courseKeys = {
  lists: ['courses', 'list'],
  one: (courseId: string) => ['courses', 'one', courseId],
} as const

export const coursesQuery = (query: NonNullable<ListAsked>) =>
  queryOptions({
    queryKey: [...courseKeys.lists, query],
    queryFn: async ({ signal }) => (await listCourses({ query, signal })).data,
    placeholderData: keepPreviousData,
  })

export const courseQuery = (courseId: string) =>
  queryOptions({
    queryKey: courseKeys.one(courseId),
    queryFn: async ({ signal }) =>
      (await getCourse({ path: { course_id: courseId }, signal })).data,
    refetchInterval: ({ state }) =>
      state.data && allContents(state.data).some(isBeingPrepared) ? PREPARING_POLL_MS : false,
  })

/** Quizzes and tasks of a course. */
export const courseWorkQuery = (courseId: string) =>
  queryOptions({
    queryKey: ['courses', 'work', courseId],
    queryFn: async ({ signal }) =>
      (await listAssignments({ query: { course: courseId, page_size: WORK_SHOWN }, signal })).data
        .results,
  })

/** How many people "everybody" is: those who work and teach here. */
export const everybodyQuery = queryOptions({
  queryKey: ['courses', 'everybody'],
  queryFn: async ({ signal }) => {
    const roles = ['TEACHER', 'HOD', 'IB_COORDINATOR'] as const
    const pages = await Promise.all(
      roles.map((role) => listTeachers({ query: { role, is_active: true, page_size: 1 }, signal })),
    )
    return pages.reduce((sum, { data }) => sum + data.count, 0)
  },
})

const GROUPS_AT_ONCE = 100

/** How many members each group has. */
export const groupSizesQuery = queryOptions({
  queryKey: ['courses', 'group-sizes'],
  queryFn: async ({ signal }) => {
    const { results } = (await listGroups({ query: { page_size: GROUPS_AT_ONCE }, signal })).data
    return new Map(results.map((group) => [group.id, group.member_count]))
  },
})

/** In the order in which they are worked through. */
export const allContents = (course: Course): Content[] =>
  course.modules.flatMap((module) => module.contents)

export const isBeingPrepared = ({ video_status: status }: Content): boolean =>
  status !== null && status !== 'READY' && status !== 'FAILED'

/** What the server has just answered about a course is what every page shows from now on. */
export function keepCourse(queries: QueryClient, course: Course): void {
  const { queryKey } = courseQuery(course.id)
  // A read that left before would bring back what was there before.
  void queries.cancelQueries({ queryKey }, { revert: false })
  queries.setQueryData(queryKey, (known) =>
    known && known.version > course.version ? known : course,
  )
  void queries.invalidateQueries({ queryKey: courseKeys.lists })
}

/** The same for one content: its course counts no new version by it. */
export function keepContent(queries: QueryClient, courseId: string, content: Content): void {
  const { queryKey } = courseQuery(courseId)
  void queries.cancelQueries({ queryKey }, { revert: false })
  queries.setQueryData(
    queryKey,
    (known) =>
      known && {
        ...known,
        modules: known.modules.map((module) => ({
          ...module,
          contents: module.contents.map((each) => (each.id === content.id ? content : each)),
        })),
      },
  )
}

/** The same for a module. */
export function keepModule(queries: QueryClient, courseId: string, module: Module): void {
  const { queryKey } = courseQuery(courseId)
  void queries.cancelQueries({ queryKey }, { revert: false })
  queries.setQueryData(
    queryKey,
    (known) =>
      known && {
        ...known,
        modules: known.modules.map((each) => (each.id === module.id ? module : each)),
      },
  )
}

/** After something was added or taken away. */
export async function refreshCourse(queries: QueryClient, courseId: string): Promise<void> {
  void queries.invalidateQueries({ queryKey: courseKeys.lists })
  await queries.invalidateQueries({ queryKey: courseKeys.one(courseId) })
}
