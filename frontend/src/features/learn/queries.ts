import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import {
  type Content,
  type Course,
  getTeacherCourse,
  getTranscript,
  listTeacherCourses,
} from '@/lib/api/operations'

export const PAGE_SIZE = 24

/** How often a page asks whether a video that is being prepared can be watched. */
const PREPARING_POLL_MS = 15_000

export const coursesQuery = (page: number) =>
  queryOptions({
    queryKey: ['teacher', 'courses', { page }],
    queryFn: async ({ signal }) =>
      (await listTeacherCourses({ query: { page, page_size: PAGE_SIZE }, signal })).data,
    placeholderData: keepPreviousData,
  })

export const courseQuery = (courseId: string) =>
  queryOptions({
    queryKey: ['teacher', 'course', courseId],
    queryFn: async ({ signal }) =>
      (await getTeacherCourse({ path: { course_id: courseId }, signal })).data,
    refetchInterval: ({ state }) =>
      state.data && allContents(state.data).some(isBeingPrepared) ? PREPARING_POLL_MS : false,
  })

export const transcriptQuery = (contentId: string) =>
  queryOptions({
    queryKey: ['teacher', 'transcript', contentId],
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
