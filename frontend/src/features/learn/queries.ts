import { queryOptions } from '@tanstack/react-query'
import { fetchAllPages } from '@/lib/api/all-pages'
import {
  type Answer,
  type Content,
  type Course,
  type CourseSummary,
  getCompletion,
  getDashboard,
  getTeacherCourse,
  getTranscript,
  listTeacherAssignments,
  listCertificates,
  listTeacherCourses,
} from '@/lib/api/operations'
import { LEARNER_KEY } from '@/lib/learner-key'

export type Dashboard = Answer<typeof getDashboard<true>>
export type Deadline = Dashboard['deadlines'][number]
export type Completion = Answer<typeof getCompletion<true>>
export type MissingItem = Completion['missing'][number]
export type Task = Answer<typeof listTeacherAssignments<true>>['results'][number]

/** How often a page asks whether a video that is being prepared can be watched. */
const PREPARING_POLL_MS = 15_000

export const dashboardQuery = queryOptions({
  queryKey: [...LEARNER_KEY, 'dashboard'],
  queryFn: async ({ signal }) => (await getDashboard({ signal })).data,
})

/** All courses of this person: few enough to be searched and counted here. */
export const coursesQuery = queryOptions({
  queryKey: [...LEARNER_KEY, 'courses'],
  queryFn: ({ signal }) => fetchAllPages((query) => listTeacherCourses({ query, signal })),
})

export const tasksQuery = queryOptions({
  queryKey: [...LEARNER_KEY, 'tasks'],
  queryFn: ({ signal }) => fetchAllPages((query) => listTeacherAssignments({ query, signal })),
})

/** Every course that was opened. */
export const COURSE_KEY = [...LEARNER_KEY, 'course']
/** What is missing in it. */
export const COMPLETION_KEY = [...LEARNER_KEY, 'completion']

export const completionQuery = (courseId: string) =>
  queryOptions({
    queryKey: [...COMPLETION_KEY, courseId],
    queryFn: async ({ signal }) =>
      (await getCompletion({ path: { course_id: courseId }, signal })).data,
  })

export const certificatesQuery = queryOptions({
  queryKey: [...LEARNER_KEY, 'certificates'],
  queryFn: ({ signal }) => fetchAllPages((query) => listCertificates({ query, signal })),
})

export const courseQuery = (courseId: string) =>
  queryOptions({
    queryKey: [...COURSE_KEY, courseId],
    queryFn: async ({ signal }) =>
      (await getTeacherCourse({ path: { course_id: courseId }, signal })).data,
    refetchInterval: ({ state }) =>
      state.data && allContents(state.data).some(isBeingPrepared) ? PREPARING_POLL_MS : false,
  })

export const transcriptQuery = (contentId: string) =>
  queryOptions({
    queryKey: [...LEARNER_KEY, 'transcript', contentId],
    queryFn: async ({ signal }) =>
      (await getTranscript({ path: { content_id: contentId }, signal })).data,
    // Words change only when somebody edits them.
    staleTime: 5 * 60_000,
  })

/** In the order in which they are to be worked through. */
export const allContents = (course: Course): Content[] =>
  course.modules.flatMap((module) => module.contents)

export const isBeingPrepared = (content: Content): boolean =>
  content.content_type === 'VIDEO' && !content.hls_url && content.video_status !== 'FAILED'

/** Where to go on: what was begun, else the first that is not done, mandatory ones first. */
export function nextContent(course: Course): Content | undefined {
  const open = allContents(course).filter((content) => content.status !== 'COMPLETED')
  return (
    open.find((content) => content.status === 'IN_PROGRESS') ??
    open.find((content) => content.is_mandatory) ??
    open[0]
  )
}

/** What to suggest after a content: the next in order that is not done, else the first that is not. */
export function nextAfter(course: Course, contentId: string): Content | undefined {
  const contents = allContents(course)
  const index = contents.findIndex(({ id }) => id === contentId)
  const isOpen = ({ id, status }: Content) => status !== 'COMPLETED' && id !== contentId
  return contents.slice(index + 1).find(isOpen) ?? contents.find(isOpen)
}

export type CourseState = 'new' | 'begun' | 'done'

export function stateOf({ progress }: CourseSummary): CourseState {
  if (progress.is_complete) return 'done'
  return progress.is_started ? 'begun' : 'new'
}
