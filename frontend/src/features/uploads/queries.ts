import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { type Answer, getSchoolStats, getVideoStatus } from '@/lib/api/operations'

export type VideoStatusView = Answer<typeof getVideoStatus<true>>
export type VideoAsset = VideoStatusView['video_asset']
export type VideoStep = VideoAsset['steps'][number]
/** A content as those who write courses see it. */
export type VideoContent = VideoStatusView['content']

export interface VideoPlace {
  courseId: string
  moduleId: string
  contentId: string
}

interface VideoStatus {
  view: VideoStatusView
  /** For how many answers nothing has moved. */
  sameFor: number
}

const FIRST_POLL_MS = 2000
const LAST_POLL_MS = 15_000
const BACK_OFF = 1.5

/** What moves while a video is worked on. */
const trace = ({ video_asset: asset, assignments }: VideoStatusView): string =>
  JSON.stringify([
    asset.status,
    asset.steps.map(({ state, progress }) => [state, progress]),
    assignments,
  ])

/** Whether nothing more happens by itself. */
export function isSettled({ status, steps }: VideoAsset): boolean {
  const busy = steps.some(({ state }) => state === 'QUEUED' || state === 'RUNNING')
  return (status === 'READY' || status === 'FAILED' || status === 'DELETED') && !busy
}

/** When to ask again: soon while something moves, less and less often while nothing does. */
export function pollInterval(status: VideoStatus | undefined): number | false {
  if (!status || isSettled(status.view.video_asset)) return false
  return Math.min(LAST_POLL_MS, FIRST_POLL_MS * BACK_OFF ** status.sameFor)
}

export const videoStatusQuery = ({ courseId, moduleId, contentId }: VideoPlace) => {
  const queryKey = ['admin', 'course', courseId, 'video-status', contentId]
  return queryOptions({
    queryKey,
    queryFn: async ({ signal, client }): Promise<VideoStatus> => {
      const before = client.getQueryData<VideoStatus>(queryKey)
      const { data: view } = await getVideoStatus({
        path: { course_id: courseId, module_id: moduleId, content_id: contentId },
        signal,
      })
      const same = before !== undefined && trace(before.view) === trace(view)
      return { view, sameFor: same ? before.sameFor + 1 : 0 }
    },
    // Not while the page is hidden: that is how the library does it.
    refetchInterval: ({ state }) => pollInterval(state.data),
  })
}

/** What the school's plan leaves for videos. */
export const roomQuery = queryOptions({
  queryKey: ['admin', 'stats'],
  queryFn: async ({ signal }) => (await getSchoolStats({ signal })).data,
})

/** Everything that is shown of a course is asked for anew, but for what `except` names. */
export const refreshCourse = (client: QueryClient, courseId: string, except?: string) =>
  client.invalidateQueries({
    predicate: ({ queryKey }) =>
      queryKey.includes(courseId) && (except === undefined || !queryKey.includes(except)),
  })
