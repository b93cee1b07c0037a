import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import {
  deleteContent,
  deleteCourse,
  deleteModule,
  duplicateCourse,
  publishCourse,
  restoreCourse,
  setOutline,
  updateCourse,
} from '@/lib/api/operations'
import type { GroupOrder } from '@/lib/reorder'
import { changed, type Details, detailsOf } from './course-details'
import { inTurn } from './in-turn'
import { type Course, courseKeys, courseQuery, keepCourse, refreshCourse } from './queries'

type CourseChanges = Parameters<typeof updateCourse<true>>[0]['body']

/** Says which version of the course the person has seen. */
const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` })

const seenVersion = (queries: QueryClient, courseId: string) => {
  const known = queries.getQueryData(courseQuery(courseId).queryKey)
  return known ? { headers: ifMatch(known.version) } : {}
}

/** Takes the contents of a course into another order. */
export function reordered(course: Course, order: readonly GroupOrder[]): Course {
  const contents = new Map(
    course.modules.flatMap((module) => module.contents).map((each) => [each.id, each]),
  )
  const modules = new Map(course.modules.map((module) => [module.id, module]))
  return {
    ...course,
    modules: order.flatMap(({ id, itemIds }) => {
      const module = modules.get(id)
      return module
        ? [{ ...module, contents: itemIds.flatMap((each) => contents.get(each) ?? []) }]
        : []
    }),
  }
}

/** The whole order in one request, shown at once and taken back when the server refuses it. */
export function useReorder(courseId: string) {
  const queries = useQueryClient()
  const { queryKey } = courseQuery(courseId)
  return useMutation({
    mutationFn: (order: readonly GroupOrder[]) =>
      inTurn(courseId, async () => {
        const modules = order.map(({ id, itemIds }) => ({ id, contents: itemIds }))
        const { data } = await setOutline({
          path: { course_id: courseId },
          body: { modules },
          ...seenVersion(queries, courseId),
        })
        keepCourse(queries, data)
      }),
    onMutate: async (order) => {
      await queries.cancelQueries({ queryKey })
      queries.setQueryData(queryKey, (known) => known && reordered(known, order))
    },
    // The order that the server has is the one to go on from.
    onError: () => refreshCourse(queries, courseId),
  })
}

/**
 * Saves what was edited in the form of the course's details.
 *
 * `seen` is what the form was filled with. Null saves whatever anybody else has done.
 */
export function useSaveDetails(courseId: string) {
  const queries = useQueryClient()
  return async (changes: Partial<Details>, seen: Details | null): Promise<Course> =>
    inTurn(courseId, async () => {
      const known = queries.getQueryData(courseQuery(courseId).queryKey)
      const { data } = await updateCourse({
        path: { course_id: courseId },
        body: changes,
        ...(known && seen && { headers: ifMatch(versionBehind(known, seen)) }),
      })
      keepCourse(queries, data)
      return data
    })
}

/**
 * The version of the course that a form shows. When the outline was changed meanwhile, that is the
 * newest; when somebody's other details came in, it is an older one, and the server will say so.
 */
const versionBehind = (known: Course, seen: Details): number =>
  Object.keys(changed(detailsOf(known), seen)).length === 0 ? known.version : known.version - 1

/** Changes the course as a whole. */
export function useUpdateCourse(courseId: string) {
  const queries = useQueryClient()
  return useMutation({
    /** `version` is the one that the person has seen; null saves whatever anybody else has done. */
    mutationFn: ({ changes, version }: { changes: CourseChanges; version: number | null }) =>
      inTurn(courseId, async () => {
        const { data } = await updateCourse({
          path: { course_id: courseId },
          body: changes,
          ...(version !== null && { headers: ifMatch(version) }),
        })
        keepCourse(queries, data)
        return data
      }),
  })
}

export function usePublish(courseId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (action: 'publish' | 'unpublish') =>
      inTurn(courseId, async () => {
        const { data } = await publishCourse({ path: { course_id: courseId }, body: { action } })
        keepCourse(queries, data)
      }),
  })
}

export function useDeleteCourse() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (courseId: string) =>
      inTurn(courseId, () => deleteCourse({ path: { course_id: courseId } })),
    // The course itself is not asked for again: there is none, and its editor is about to close.
    onSuccess: () => queries.invalidateQueries({ queryKey: courseKeys.lists }),
  })
}

export function useRestoreCourse() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (courseId: string) =>
      (await restoreCourse({ path: { course_id: courseId } })).data,
    onSuccess: (course) => keepCourse(queries, course),
  })
}

export function useDuplicateCourse() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (courseId: string) =>
      (await duplicateCourse({ path: { course_id: courseId } })).data,
    onSuccess: () => queries.invalidateQueries({ queryKey: courseKeys.lists }),
  })
}

/** Removes a module, or one content of it, for good. */
export function useRemoveItem(courseId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ moduleId, contentId }: { moduleId: string; contentId?: string }) =>
      inTurn<unknown>(courseId, () =>
        contentId === undefined
          ? deleteModule({ path: { course_id: courseId, module_id: moduleId } })
          : deleteContent({
              path: { course_id: courseId, module_id: moduleId, content_id: contentId },
            }),
      ),
    onSuccess: () => refreshCourse(queries, courseId),
  })
}
