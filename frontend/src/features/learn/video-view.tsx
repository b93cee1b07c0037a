import { ClockIcon, ExclamationTriangleIcon } from '@heroicons/react/24/outline'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigationType, useSearchParams } from 'react-router'
import { ErrorState } from '@/components/feedback/error-state'
import { WidgetBoundary } from '@/components/feedback/widget-boundary'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { Tabs } from '@/components/ui/tabs'
import { toRanges } from '@/features/player/second-ranges'
import { playFrom } from '@/features/player/seek'
import { TranscriptPanel } from '@/features/player/transcript-panel'
import type { PlaybackSource } from '@/features/player/use-playback'
import { useWatchReport } from '@/features/player/use-watch-report'
import { VideoPlayer } from '@/features/player/video-player'
import type { Content } from '@/lib/api/operations'
import { isStatus } from '@/lib/api/problem'
import { usePlayerPrefs } from '@/lib/player-prefs'
import { USUAL_COVERAGE } from './content-rule'
import { allContents, courseQuery, isBeingPrepared, transcriptQuery } from './queries'
import { UnsentNote } from './unsent-note'
import { useWatchProgress } from './use-progress'

interface VideoViewProps {
  courseId: string
  content: Content
  outline: ReactNode
  below: ReactNode
}

/** The player with transcript and outline: beside it on wide screens, below it on narrow ones and in theatre mode. */
export function VideoView({ courseId, content, outline, below }: VideoViewProps) {
  const { t } = useTranslation('teacher')
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const [tab, setTab] = useState('transcript')
  const beside = useRef<HTMLDivElement>(null)
  const theatre = usePlayerPrefs((prefs) => prefs.theatre)
  const outlineTab = {
    id: 'outline',
    title: t('outline.title'),
    content: <div className="overflow-y-auto overscroll-contain py-4">{outline}</div>,
  }
  const transcriptTab = {
    id: 'transcript',
    title: t('transcript.title'),
    content: <Transcript content={content} video={video} />,
  }
  const showTranscript = () => {
    setTab('transcript')
    // Once its panel is drawn; without lines the panel's own tab is the place to be.
    requestAnimationFrame(() => {
      const place =
        beside.current?.querySelector<HTMLElement>('[data-testid=transcript] [tabindex="0"]') ??
        beside.current?.querySelector<HTMLElement>('[role=tab]')
      place?.focus()
    })
  }
  return (
    <div
      className={clsx('mt-4', !theatre && 'lg:grid lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-x-6')}
    >
      <div
        data-sticky-player
        className="z-10 -mx-4 bg-page px-4 sm:mx-0 sm:px-0 max-lg:[@media(min-height:36rem)]:sticky max-lg:[@media(min-height:36rem)]:top-0"
      >
        <WidgetBoundary title={t('player.failed')}>
          <Playback
            courseId={courseId}
            content={content}
            onVideo={setVideo}
            onShowTranscript={showTranscript}
          />
        </WidgetBoundary>
      </div>
      {/* As tall as the player beside it; on narrow screens as tall as what the player leaves. */}
      <div
        ref={beside}
        className={clsx(
          'mt-4 flex h-[calc(100dvh-56.25vw-8rem)] min-h-80 flex-col rounded-card border border-line bg-surface',
          theatre ? 'lg:h-96' : 'lg:mt-0 lg:h-0 lg:min-h-full',
        )}
      >
        {/* What is not there to be watched has no transcript either. */}
        <Tabs
          key={content.hls_url ? 'ready' : 'not-ready'}
          label={t('content.beside')}
          tabs={content.hls_url ? [transcriptTab, outlineTab] : [outlineTab]}
          selected={content.hls_url ? tab : 'outline'}
          onSelect={setTab}
        />
      </div>
      <div className="min-w-0">{below}</div>
    </div>
  )
}

const sourceOf = (content: Content | undefined): PlaybackSource | null =>
  content?.hls_url ? { hlsUrl: content.hls_url, captionsUrl: content.captions_url ?? null } : null

/** `?t=125` in the address: the second somebody was pointed to. */
function readTime(value: string | null): number | null {
  const seconds = Number(value)
  return value && Number.isFinite(seconds) && seconds >= 0 ? seconds : null
}

/** Where to begin when the address names no second: where this person stopped, unless at the very end. */
function resumeSecond({ resume_seconds: resume, duration_seconds: duration }: Content): number {
  if (!resume || (duration && resume > duration - 5)) return 0
  return resume
}

interface PlaybackProps {
  courseId: string
  content: Content
  onVideo: (video: HTMLVideoElement | null) => void
  onShowTranscript: () => void
}

function Playback({ courseId, content, onVideo, onShowTranscript }: PlaybackProps) {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const queryClient = useQueryClient()
  const [search] = useSearchParams()
  const linked = readTime(search.get('t'))
  // Who presses a link to a second wants to see it; who comes back or loads the page again did not ask for that.
  const isPressed = useNavigationType() !== 'POP'
  const [playsAtOnce] = useState(linked !== null && isPressed)
  // Decided once: progress that arrives while watching must not move the video.
  const [startAt] = useState(linked ?? resumeSecond(content))
  const source = sourceOf(content)
  const transcript = useQuery({ ...transcriptQuery(content.id), enabled: source !== null })

  const duration = content.duration_seconds ?? 0
  const watched = useMemo(() => toRanges(content.watched), [content.watched])
  const { state, keep, retry } = useWatchProgress(content.id)
  useWatchReport({ video, durationSeconds: duration, onReport: keep })

  const passOn = useCallback(
    (element: HTMLVideoElement | null) => {
      setVideo(element)
      onVideo(element)
    },
    [onVideo],
  )

  // A link to another second of this video, followed while it is open.
  const shown = useRef(linked)
  useEffect(() => {
    if (linked === shown.current) return
    shown.current = linked
    if (linked !== null && video) playFrom(video, linked)
  }, [linked, video])

  const renewSource = useCallback(async () => {
    const fresh = await queryClient.fetchQuery({ ...courseQuery(courseId), staleTime: 0 })
    return sourceOf(allContents(fresh).find(({ id }) => id === content.id))
  }, [queryClient, courseId, content.id])

  if (!source) return <NotReady content={content} />
  return (
    <>
      <VideoPlayer
        title={content.title}
        source={source}
        renewSource={renewSource}
        poster={content.thumbnail_url ?? null}
        duration={duration}
        startAt={startAt}
        playsAtOnce={playsAtOnce}
        watched={watched}
        coverage={{
          percentage: content.coverage,
          required: content.required_coverage ?? USUAL_COVERAGE,
          isDone: content.status === 'COMPLETED',
        }}
        playsMissed={search.has('missed')}
        captionsLanguage={transcript.data?.language}
        onVideo={passOn}
        onShowTranscript={onShowTranscript}
      />
      <UnsentNote state={state} onRetry={retry} />
    </>
  )
}

/** Says why there is nothing to watch, and whether waiting helps. */
function NotReady({ content }: { content: Content }) {
  const { t } = useTranslation('teacher')
  const preparing = isBeingPrepared(content) && content.video_status !== 'READY'
  const Icon = preparing ? ClockIcon : ExclamationTriangleIcon
  return (
    <div
      role="status"
      className="-mx-4 flex min-h-56 flex-col items-center justify-center gap-2 bg-night px-6 py-10 text-center text-white sm:mx-0 sm:rounded-xl lg:aspect-video lg:rounded-card"
    >
      <Icon aria-hidden="true" className="size-10" />
      <p className="text-lg font-bold">
        {preparing ? t('notReady.preparing') : t('notReady.failed')}
      </p>
      <p className="max-w-prose">
        {preparing ? t('notReady.preparingText') : t('notReady.failedText')}
      </p>
    </div>
  )
}

function Transcript({ content, video }: { content: Content; video: HTMLVideoElement | null }) {
  const { t } = useTranslation('teacher')
  const { data, error, refetch, isFetching } = useQuery(transcriptQuery(content.id))

  if (data && data.segments.length > 0) {
    return (
      <>
        <p className="border-b border-line px-4 py-2 text-sm text-ink-soft">
          {t('transcript.origin')}
        </p>
        <TranscriptPanel
          video={video}
          segments={data.segments}
          language={data.language}
          title={content.title}
          vttUrl={data.vtt_url}
        />
      </>
    )
  }
  // No transcript is no failure: a video without speech has none, and a new one has none yet.
  if (data || isStatus(error, 404)) {
    return <p className="p-5 text-ink-soft">{t('transcript.none')}</p>
  }
  if (error) {
    return (
      <div className="overflow-y-auto p-3">
        <ErrorState
          title={t('transcript.failed')}
          error={error}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      </div>
    )
  }
  return (
    <Skeleton label={t('transcript.loading')}>
      <div className="space-y-3 p-4">
        {[80, 95, 60, 90, 75].map((width) => (
          <div key={width} className="h-10 max-w-full" style={{ width: `${width}%` }}>
            <Bone className="size-full" />
          </div>
        ))}
      </div>
    </Skeleton>
  )
}
