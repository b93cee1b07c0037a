import {
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { fetchAllPages } from '@/lib/api/all-pages'
import {
  type Answer,
  getAnalytics,
  getTeacher,
  listGroups,
  listTeachers,
  reportAssignmentStatus,
  reportCourseCompletion,
  updateTeacher,
} from '@/lib/api/operations'

export type Teacher = Answer<typeof getTeacher<true>>
export type Role = Teacher['role']
export type TeacherChanges = Parameters<typeof updateTeacher>[0]['body']
type TeacherQuery = NonNullable<Parameters<typeof listTeachers>[0]>['query']
/** Reports answer with a file when they are asked for one; here never. */
type Rows<T> = Extract<T, { results: unknown[] }>['results'][number]
export type CourseStanding = Rows<Answer<typeof reportCourseCompletion<true>>>
export type WorkStanding = Rows<Answer<typeof reportAssignmentStatus<true>>>

/** The roles that a school gives. */
export const ROLES = [
  'TEACHER',
  'HOD',
  'IB_COORDINATOR',
  'SCHOOL_ADMIN',
] as const satisfies readonly Role[]

const TEACHERS = ['teachers'] as const

export const teachersQuery = (query: TeacherQuery) =>
  queryOptions({
    queryKey: [...TEACHERS, 'list', query],
    queryFn: async ({ signal }) => (await listTeachers({ query, signal })).data,
    placeholderData: keepPreviousData,
  })

export const teacherQuery = (teacherId: string) =>
  queryOptions({
    queryKey: [...TEACHERS, 'one', teacherId],
    queryFn: async ({ signal }) =>
      (await getTeacher({ path: { teacher_id: teacherId }, signal })).data,
  })

/** All groups of the school, for a choice and for names. */
export const groupNamesQuery = queryOptions({
  queryKey: ['groups', 'names'],
  queryFn: async ({ signal }) =>
    (await fetchAllPages((query) => listGroups({ query, signal }))).map(({ id, name }) => ({
      id,
      name,
    })),
})

/** Departments as people write them; those of nobody who learns are not among them. */
export const departmentsQuery = queryOptions({
  queryKey: [...TEACHERS, 'departments'],
  queryFn: async ({ signal }) => {
    const { departments } = (await getAnalytics({ query: { months: 1 }, signal })).data
    return departments.map(({ department }) => department).filter(Boolean)
  },
})

/** The rows of a page of a report; a file was not asked for. */
function asRows<T>(data: unknown): { count: number; results: T[] } {
  // Without `format` the operation answers with a page of rows, which its type cannot tell.
  return data as { count: number; results: T[] }
}

export const standingsQuery = (teacherId: string) =>
  queryOptions({
    queryKey: [...TEACHERS, 'courses', teacherId],
    queryFn: ({ signal }) =>
      fetchAllPages<CourseStanding>(async (page) => {
        const query = { ...page, teacher: teacherId }
        return { data: asRows((await reportCourseCompletion({ query, signal })).data) }
      }),
  })

export const workQuery = (teacherId: string) =>
  queryOptions({
    queryKey: [...TEACHERS, 'work', teacherId],
    queryFn: ({ signal }) =>
      fetchAllPages<WorkStanding>(async (page) => {
        const query = { ...page, teacher: teacherId }
        return { data: asRows((await reportAssignmentStatus({ query, signal })).data) }
      }),
  })

/** After people came, went or changed: their lists, groups and choices ask anew. */
export async function refreshPeople(queries: QueryClient): Promise<void> {
  await Promise.all(
    [TEACHERS, ['groups'], ['choices']].map((queryKey) => queries.invalidateQueries({ queryKey })),
  )
}

/** Changes a person; every page shows the answer at once. */
export function useEditTeacher(teacherId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (body: TeacherChanges) =>
      (await updateTeacher({ path: { teacher_id: teacherId }, body })).data,
    onSuccess: (teacher) => {
      queries.setQueryData(teacherQuery(teacherId).queryKey, teacher)
      void refreshPeople(queries)
    },
  })
}
