import { clsx } from 'clsx'
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { languageName } from '@/lib/format'
import { usePlayerPrefs } from '@/lib/player-prefs'
import { Controls } from './controls'
import { Cover } from './cover'
import { useFullscreen } from './fullscreen'
import { type Coverage, MissedBar } from './missed-bar'
import { ResumeNote } from './resume-note'
import type { SecondRanges } from './second-ranges'
import { playFrom, seekTo } from './seek'
import { ShortcutsDialog } from './shortcuts-dialog'
import { TroubleNote } from './trouble-note'
import { useCommands } from './use-commands'
import { type PlaybackSource, usePlayback } from './use-playback'
import { handleShortcut } from './use-shortcuts'
import { useVideoPrefs } from './use-video-prefs'

interface VideoPlayerProps {
  title: string
  source: PlaybackSource
  renewSource: () => Promise<PlaybackSource | null>
  poster: string | null
  /** Length in seconds as the course knows it; 0 when it does not. */
  duration: number
  startAt: number
  /** The person pressed a link to this second. */
  playsAtOnce: boolean
  watched: SecondRanges
  coverage: Coverage
  /** Begin with what was not watched yet, and play only that. */
  playsMissed: boolean
  /** Language of the captions; unknown until the transcript is here. */
  captionsLanguage: string | undefined
  /** Gives the element to the page, for the transcript beside it. */
  onVideo: (video: HTMLVideoElement | null) => void
  onShowTranscript: () => void
}

/**
 * Our own controls on a plain `<video>`. Mount it anew (`key`) for another video.
 */
export function VideoPlayer({
  title,
  source: givenSource,
  renewSource,
  poster,
  duration,
  startAt,
  playsAtOnce,
  watched,
  coverage,
  playsMissed,
  captionsLanguage,
  onVideo,
  onShowTranscript,
}: VideoPlayerProps) {
  const { t } = useTranslation('teacher')
  const box = useRef<HTMLElement>(null)
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const [isHelpOpen, setHelpOpen] = useState(false)
  const { source, trouble, retry, renewCaptions, qualities } = usePlayback({
    video,
    source: givenSource,
    startAt,
    renewSource,
  })
  const { captionSize, captionLook, singleKeys } = usePlayerPrefs()
  const hasCaptions = source.captionsUrl !== null
  const isFullscreen = useFullscreen(box)
  useVideoPrefs(video, source.captionsUrl)
  const { commands, spoken } = useCommands({
    box,
    video,
    duration,
    hasCaptions,
    onShowTranscript: () => {
      // It stands beside the player, where full screen does not show it.
      if (document.fullscreenElement) void document.exitFullscreen()
      onShowTranscript()
    },
    onShowHelp: () => {
      if (document.fullscreenElement) void document.exitFullscreen()
      setHelpOpen(true)
    },
  })

  useEffect(() => {
    onVideo(video)
    return () => onVideo(null)
  }, [video, onVideo])

  const begin = useEffectEvent(() => {
    if (video && playsAtOnce) playFrom(video, startAt)
  })
  useEffect(() => {
    if (video) begin()
  }, [video])

  const onKeyDown = (event: KeyboardEvent) => {
    // React hands on what happens in a dialog of ours, though it stands elsewhere in the page.
    if (!(event.target instanceof Node) || !box.current?.contains(event.target)) return
    if (handleShortcut(event, commands, singleKeys)) event.preventDefault()
  }
  const play = () => video?.play().catch(() => undefined)

  return (
    // A region that listens for the keys of the controls inside it; nothing in it needs these keys alone.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={box}
      // Takes the focus by a click on the picture, so that the keys work after it.
      tabIndex={-1}
      aria-label={t('player.label', { title })}
      onKeyDown={onKeyDown}
      className={clsx(
        'flex flex-col bg-night outline-none',
        isFullscreen ? 'h-full w-full' : '-mx-4 sm:mx-0 sm:rounded-xl lg:rounded-card',
      )}
    >
      <div
        className={clsx(
          'relative overflow-hidden bg-black',
          isFullscreen
            ? 'min-h-0 flex-1'
            : 'aspect-video max-h-[calc(100dvh-12rem)] rounded-t-[inherit]',
        )}
      >
        {/* Captions come as a side track, when the video has any. */}
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption, jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions */}
        <video
          ref={setVideo}
          data-testid="player-video"
          data-captions={`${captionSize} ${captionLook}`}
          playsInline
          preload="metadata"
          poster={poster ?? undefined}
          onClick={() => {
            box.current?.focus()
            commands.togglePlay()
          }}
          className="absolute inset-0 size-full"
        >
          {source.captionsUrl && (
            <track
              key={source.captionsUrl}
              kind="captions"
              src={source.captionsUrl}
              onError={renewCaptions}
              srcLang={captionsLanguage}
              label={captionsLanguage ? languageName(captionsLanguage) : t('player.captions')}
            />
          )}
        </video>
        <Cover video={video} hidden={trouble !== null} />
        {trouble && (
          <TroubleNote
            trouble={trouble}
            onRetry={() => {
              retry()
              // The note goes away, and the focus must not go with it.
              box.current?.focus()
            }}
          />
        )}
        {trouble === null && startAt > 0 && !playsMissed && !playsAtOnce && (
          <ResumeNote
            video={video}
            startAt={startAt}
            onResume={() => {
              box.current?.focus()
              void play()
            }}
            onStartOver={() => {
              box.current?.focus()
              if (video) seekTo(video, 0)
              void play()
            }}
          />
        )}
      </div>
      <Controls
        video={video}
        commands={commands}
        expectedDuration={duration}
        hasCaptions={hasCaptions}
        isFullscreen={isFullscreen}
        watched={watched}
        qualities={qualities}
      />
      <MissedBar
        video={video}
        durationSeconds={duration}
        watched={watched}
        coverage={coverage}
        startsAtOnce={playsMissed}
      />
      <p role="status" className="sr-only">
        {spoken}
      </p>
      {isHelpOpen && <ShortcutsDialog onClose={() => setHelpOpen(false)} />}
    </section>
  )
}
