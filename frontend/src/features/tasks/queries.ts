import { queryOptions } from '@tanstack/react-query'
import { fetchAllPages } from '@/lib/api/all-pages'
import { type Answer, getTeacherAssignment, listTeacherAssignments } from '@/lib/api/operations'
import { LEARNER_KEY } from '@/lib/learner-key'

export type Task = Answer<typeof listTeacherAssignments<true>>['results'][number]
export type TaskDetail = Answer<typeof getTeacherAssignment<true>>
export type SubmittedFile = TaskDetail['files'][number]

/** All assignments of this person: few enough to be counted and searched here. */
export const tasksQuery = queryOptions({
  queryKey: [...LEARNER_KEY, 'tasks'],
  queryFn: ({ signal }) => fetchAllPages((query) => listTeacherAssignments({ query, signal })),
})

export const taskQuery = (assignmentId: string) =>
  queryOptions({
    queryKey: [...LEARNER_KEY, 'task', assignmentId],
    queryFn: async ({ signal }) =>
      (await getTeacherAssignment({ path: { assignment_id: assignmentId }, signal })).data,
  })

export const SHELVES = ['todo', 'overdue', 'submitted', 'graded'] as const
export type Shelf = (typeof SHELVES)[number]

/** Where a task belongs. A quiz that is not passed yet can mostly be tried again: it is not done. */
export function shelfOf({
  submission_status: status,
  is_late: isLate,
  is_quiz: isQuiz,
}: Task): Shelf {
  switch (status) {
    case 'PENDING':
      return isLate ? 'overdue' : 'todo'
    case 'SUBMITTED':
      return 'submitted'
    case 'FAILED':
      return isQuiz ? 'todo' : 'graded'
    default:
      return 'graded'
  }
}
