import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { toRanges } from '@/features/player/second-ranges'
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
import { LEARNER_KEY } from '@/lib/learner-key'
import { allContents, COMPLETION_KEY, COURSE_KEY } from './queries'
import { type WaitingReport, WatchQueue } from './watch-queue'
import { type SendState, WatchSender } from './watch-sender'

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
async function keepProgress(queries: QueryClient, progress: Progress): Promise<void> {
  const courses = queries.getQueriesData<Course>({ queryKey: COURSE_KEY })
  const before = courses
    .flatMap(([, course]) => (course ? allContents(course) : []))
    .find(({ id }) => id === progress.content_id)
  queries.setQueriesData<Course>({ queryKey: COURSE_KEY }, (course) =>
    course ? withProgress(course, progress) : course,
  )
  // A step done changes the course, the start page and the lists; the seconds of a video only what is missing.
  const isStep = progress.status !== before?.status
  await queries.invalidateQueries({ queryKey: isStep ? LEARNER_KEY : COMPLETION_KEY })
}

/** Whether this is the person, and not an operator who looks at their pages: a visit leaves no traces. */
const useIsOwn = () => useSessionStore((state) => state.visit === null)

/** Tells the server that a content was opened, once for each visit to its page. */
export function useStartContent(content: Content): void {
  const queries = useQueryClient()
  const isOwn = useIsOwn()
  const isNew = content.status === 'NOT_STARTED'
  const { id } = content
  useEffect(() => {
    if (!isNew || !isOwn) return
    startContent({ path: { content_id: id } }).then(
      ({ data }) => keepProgress(queries, data),
      // Whatever the person does next in it begins it too.
      () => undefined,
    )
  }, [id, isNew, isOwn, queries])
}

interface WatchProgress {
  state: SendState
  keep: (report: WatchReport) => void
  retry: () => void
}

/** Whether trying again later may help. */
const isPassing = (error: unknown): boolean =>
  isTransient(error) || [401, 403, 429].some((status) => isStatus(error, status))

/**
 * Tells the server what was watched: what waits from earlier visits at once and whenever the network comes
 * back, and each new report as it comes.
 */
export function useWatchProgress(contentId?: string): WatchProgress {
  const queries = useQueryClient()
  const isOwn = useIsOwn()
  const userId = useSessionStore(({ user }) => user?.id ?? '')
  const [state, setState] = useState<SendState>('idle')

  const [queue, sender] = useMemo(() => {
    const waiting = new WatchQueue(userId)
    return [
      waiting,
      new WatchSender({ queue: waiting, isPassing, onState: setState, send: sendReport(queries) }),
    ]
  }, [userId, queries])

  useEffect(() => {
    if (!isOwn) return undefined
    const flush = () => void sender.flush()
    if (queue.list().length > 0) flush()
    addEventListener('online', flush)
    return () => removeEventListener('online', flush)
  }, [queue, sender, isOwn])

  return {
    state,
    keep: (report) => {
      if (!isOwn || contentId === undefined) return
      queue.add(contentId, report)
      void sender.flush()
    },
    retry: () => void sender.flush(),
  }
}

const sendReport = (queries: QueryClient) => async (report: WaitingReport) => {
  const { data } = await reportProgress({
    path: { content_id: report.contentId },
    body: {
      watched: report.watched.map(([from, to]) => [from, to]),
      position_seconds: report.positionSeconds,
      playback_rate: report.playbackRate,
    },
    // The page may be closing.
    keepalive: true,
  })
  await keepProgress(queries, data)
  return toRanges(data.rejected)
}

/** For what is read: its reader says when they are done. */
export function useCompleteContent(content: Content) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async () => (await completeContent({ path: { content_id: content.id } })).data,
    onSuccess: (progress) => keepProgress(queries, progress),
  })
}
