import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { mergeRanges, type SecondRanges, toRanges } from '@/features/player/second-ranges'
import type { WatchReport } from '@/features/player/use-watch-report'
import {
  type Answer,
  completeContent,
  type Content,
  type Course,
  reportProgress,
  startContent,
} from '@/lib/api/operations'
import { isStatus, isTransient } from '@/lib/api/problem'
import { useSessionStore } from '@/lib/auth/session-store'
import { courseQuery } from './queries'
import { keepUntold, readUntold } from './untold'
import { LEARNER_KEY } from '@/lib/learner-key'

type Progress = Answer<typeof reportProgress<true>>

const withProgress = (course: Course, progress: Progress): Course => ({
  ...course,
  modules: course.modules.map((module) => ({
    ...module,
    contents: module.contents.map((content) =>
      content.id === progress.content_id
        ? {
            ...content,
            status: progress.status,
            coverage: progress.coverage,
            watched: progress.watched,
            resume_seconds: progress.position_seconds,
          }
        : content,
    ),
  })),
})

/** Puts what the server says about one content into what the pages show. */
function useKeepProgress(courseId: string) {
  const queries = useQueryClient()
  return useCallback(
    async (progress: Progress, before: Content['status']) => {
      queries.setQueryData(courseQuery(courseId).queryKey, (course) =>
        course ? withProgress(course, progress) : course,
      )
      // A step done changes the course, the start page and the lists; the seconds of a video do not.
      if (progress.status !== before) await queries.invalidateQueries({ queryKey: LEARNER_KEY })
    },
    [queries, courseId],
  )
}

/** Whether this is the person, and not an operator who looks at their pages: a visit leaves no traces. */
const useIsOwn = () => useSessionStore((state) => state.visit === null)

/** Tells the server that a content was opened, once for each visit to its page. */
export function useStartContent(courseId: string, content: Content): void {
  const keep = useKeepProgress(courseId)
  const isOwn = useIsOwn()
  const isNew = content.status === 'NOT_STARTED'
  const { id } = content
  useEffect(() => {
    if (!isNew || !isOwn) return
    startContent({ path: { content_id: id } }).then(
      ({ data }) => keep(data, 'NOT_STARTED'),
      // Whatever the person does next in it begins it too.
      () => undefined,
    )
  }, [id, isNew, isOwn, keep])
}

interface WatchProgress {
  untold: SecondRanges
  send: (report: WatchReport) => Promise<SecondRanges>
}

/** Where the player's reports go. */
export function useWatchProgress(courseId: string, content: Content): WatchProgress {
  const keep = useKeepProgress(courseId)
  const isOwn = useIsOwn()
  const userId = useSessionStore(({ user }) => user?.id ?? '')
  const { id, status } = content

  const send = async ({ watched, positionSeconds, playbackRate }: WatchReport) => {
    if (!isOwn) return []
    try {
      const { data } = await reportProgress({
        path: { content_id: id },
        body: {
          watched: watched.map(([from, to]) => [from, to]),
          position_seconds: positionSeconds,
          playback_rate: playbackRate,
        },
        // The page may be closing.
        keepalive: true,
      })
      await keep(data, status)
      const rejected = toRanges(data.rejected)
      keepUntold(userId, id, rejected)
      return rejected
    } catch (error) {
      // What the server will never take is not worth keeping.
      const lost = isTransient(error) || isStatus(error, 401) || isStatus(error, 429)
      const untold = lost ? mergeRanges(readUntold(userId, id), watched) : []
      keepUntold(userId, id, untold)
      return untold
    }
  }
  return { untold: readUntold(userId, id), send }
}

/** For what is read: its reader says when they are done. */
export function useCompleteContent(courseId: string, content: Content) {
  const keep = useKeepProgress(courseId)
  return useMutation({
    mutationFn: async () => (await completeContent({ path: { content_id: content.id } })).data,
    onSuccess: (progress) => keep(progress, content.status),
  })
}
