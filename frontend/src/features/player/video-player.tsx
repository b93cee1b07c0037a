import { PlayIcon } from '@heroicons/react/24/solid'
import { clsx } from 'clsx'
import { type KeyboardEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Spinner } from '@/components/ui/spinner'
import { formatNumber, formatPercent, formatTime, languageName, spokenTime } from '@/lib/format'
import { Controls } from './controls'
import { setPlayerPrefs, SPEEDS, usePlayerPrefs } from './player-prefs'
import { seekBy, seekTo, togglePlay } from './seek'
import { PLAY_EVENTS, readDuration, useMediaValue, WAIT_EVENTS } from './use-media-value'
import { type PlaybackSource, type PlaybackTrouble, usePlayback } from './use-playback'
import { handleShortcut, type PlayerCommands } from './use-shortcuts'

interface VideoPlayerProps {
  title: string
  source: PlaybackSource
  renewSource: () => Promise<PlaybackSource | null>
  poster: string | null
  /** Length in seconds as the course knows it; 0 when it does not. */
  duration: number
  startAt: number
  /** Language of the captions; unknown until the transcript is here. */
  captionsLanguage: string | undefined
  /** Gives the element to the page, for the transcript beside it. */
  onVideo: (video: HTMLVideoElement | null) => void
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
  captionsLanguage,
  onVideo,
}: VideoPlayerProps) {
  const { t } = useTranslation('teacher')
  const box = useRef<HTMLElement>(null)
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const { source, trouble, retry, renewCaptions } = usePlayback({
    video,
    source: givenSource,
    startAt,
    renewSource,
  })
  const { volume, muted, speed, captions } = usePlayerPrefs()
  const hasCaptions = source.captionsUrl !== null
  const isFullscreen = useFullscreen(box)
  /** Said by screen readers when a key changed something whose control has no focus. */
  const [spoken, setSpoken] = useState('')

  useEffect(() => {
    onVideo(video)
    return () => onVideo(null)
  }, [video, onVideo])

  useEffect(() => {
    if (!video) return
    video.volume = volume
    video.muted = muted
  }, [video, volume, muted])

  useEffect(() => {
    if (!video) return undefined
    const apply = () => {
      video.playbackRate = speed
    }
    apply()
    // A new source sets the element back to normal speed.
    video.addEventListener('loadedmetadata', apply)
    return () => video.removeEventListener('loadedmetadata', apply)
  }, [video, speed])

  useEffect(() => {
    const track = video?.querySelector('track')?.track
    // "disabled" also spares the download of captions that nobody reads.
    if (track) track.mode = captions ? 'showing' : 'disabled'
  }, [video, captions, source.captionsUrl])

  const commands: PlayerCommands = {
    togglePlay: () => video && togglePlay(video),
    seekBy: (seconds) => {
      if (!video) return
      seekBy(video, seconds)
      setSpoken(spokenTime(Math.max(0, video.currentTime)))
    },
    seekToShare: (share) => {
      const length = video ? readDuration(video) || duration : 0
      if (!video || length === 0) return
      seekTo(video, length * share)
      setSpoken(spokenTime(length * share))
    },
    changeVolume: (by) => {
      const next = Math.min(1, Math.max(0, Math.round(((muted ? 0 : volume) + by) * 100) / 100))
      setPlayerPrefs({ volume: next, muted: false })
      setSpoken(t('player.volumeNow', { value: formatPercent(next * 100) }))
    },
    changeSpeed: (step) => {
      const next = SPEEDS[SPEEDS.findIndex((value) => value === speed) + step]
      if (!next) return
      setPlayerPrefs({ speed: next })
      setSpoken(t('player.speedNow', { value: formatNumber(next) }))
    },
    toggleMute: () => {
      // Unmuting at volume 0 would change nothing that can be heard.
      const silent = muted || volume === 0
      setPlayerPrefs({ muted: !silent, volume: silent && volume === 0 ? 0.5 : volume })
      setSpoken(silent ? t('player.soundOn') : t('player.muted'))
    },
    toggleCaptions: () => {
      if (hasCaptions) setPlayerPrefs({ captions: !captions })
      setSpoken(
        hasCaptions
          ? captions
            ? t('player.captionsOff')
            : t('player.captionsOn')
          : t('player.noCaptions'),
      )
    },
    toggleFullscreen: () => box.current && video && toggleFullscreen(box.current, video),
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (handleShortcut(event, commands)) event.preventDefault()
  }

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
        'flex flex-col overflow-hidden bg-night outline-none',
        isFullscreen ? 'h-full w-full' : '-mx-4 sm:mx-0 sm:rounded-xl lg:rounded-card',
      )}
    >
      <div className={clsx('relative bg-black', isFullscreen ? 'min-h-0 flex-1' : 'aspect-video')}>
        {/* Captions come as a side track, when the video has any. */}
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption, jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions */}
        <video
          ref={setVideo}
          data-testid="player-video"
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
        {trouble === null && startAt > 0 && (
          <ResumeNote
            video={video}
            startAt={startAt}
            onStartOver={() => {
              if (video) seekTo(video, 0)
              box.current?.focus()
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
      />
      <p role="status" className="sr-only">
        {spoken}
      </p>
    </section>
  )
}

/** Over the picture: a big "play" before and a turning circle while data is missing. Clicks go through. */
function Cover({ video, hidden }: { video: HTMLVideoElement | null; hidden: boolean }) {
  const paused = useMediaValue(video, PLAY_EVENTS, (element) => element.paused, true)
  const waiting = useMediaValue(
    video,
    WAIT_EVENTS,
    (element) =>
      !element.paused && element.readyState < HTMLMediaElement.HAVE_FUTURE_DATA && !element.ended,
    false,
  )
  if (hidden || (!paused && !waiting)) return null
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 flex items-center justify-center"
    >
      {waiting ? (
        <Spinner className="size-14 animate-appear-late rounded-full bg-black/50 p-2 text-white" />
      ) : (
        <span className="flex size-16 items-center justify-center rounded-full bg-brand text-on-brand shadow-lg ring-2 ring-white/70">
          <PlayIcon className="ml-1 size-8" />
        </span>
      )}
    </div>
  )
}

function TroubleNote({ trouble, onRetry }: { trouble: PlaybackTrouble; onRetry: () => void }) {
  const { t } = useTranslation('teacher')
  const text = {
    network: t('player.trouble.network'),
    media: t('player.trouble.media'),
    gone: t('player.trouble.gone'),
    unsupported: t('player.trouble.unsupported'),
  }[trouble]
  return (
    <div
      role="alert"
      className="absolute inset-x-0 bottom-0 flex flex-wrap items-center justify-center gap-x-4 gap-y-2 bg-black/85 px-4 py-3 text-white"
    >
      <p className="max-w-prose">{text}</p>
      {trouble !== 'unsupported' && (
        <Button look="secondary" onClick={onRetry}>
          {trouble === 'network' ? t('player.tryNow') : t('player.tryAgain')}
        </Button>
      )}
    </div>
  )
}

/** Tells that the video does not start at its beginning, and offers the beginning. */
function ResumeNote({
  video,
  startAt,
  onStartOver,
}: {
  video: HTMLVideoElement | null
  startAt: number
  onStartOver: () => void
}) {
  const { t } = useTranslation('teacher')
  const [seen, setSeen] = useState(false)

  useEffect(() => {
    if (!video) return undefined
    // Once it plays the note has done its work.
    const hide = () => setSeen(true)
    video.addEventListener('playing', hide, { once: true })
    return () => video.removeEventListener('playing', hide)
  }, [video])

  if (seen || !video) return null
  return (
    <div className="absolute top-0 left-0 m-3 flex flex-wrap items-center gap-x-3 rounded-lg bg-black/80 py-1 pr-1 pl-3 text-white">
      <p>
        <span aria-hidden="true">{t('player.resume', { time: formatTime(startAt) })}</span>
        <span className="sr-only">{t('player.resume', { time: spokenTime(startAt) })}</span>
      </p>
      <button
        type="button"
        onClick={() => {
          onStartOver()
          setSeen(true)
        }}
        className="min-h-9 rounded-md px-2 font-semibold underline underline-offset-4 hover:bg-white/15"
      >
        {t('player.startOver')}
      </button>
    </div>
  )
}

function subscribeFullscreen(notify: () => void) {
  document.addEventListener('fullscreenchange', notify)
  return () => document.removeEventListener('fullscreenchange', notify)
}

const useFullscreen = (box: { current: HTMLElement | null }) =>
  useSyncExternalStore(
    subscribeFullscreen,
    () => document.fullscreenElement !== null && document.fullscreenElement === box.current,
  )

interface IphoneVideo extends HTMLVideoElement {
  webkitEnterFullscreen?: () => void
}

function toggleFullscreen(box: HTMLElement, video: IphoneVideo): void {
  if (document.fullscreenElement) {
    void document.exitFullscreen()
  } else if ('requestFullscreen' in box) {
    // The whole box, so that our controls come along. A refusal leaves the page as it is.
    box.requestFullscreen().catch(() => undefined)
  } else {
    // iPhones know full screen for the video element only, with controls of their own.
    video.webkitEnterFullscreen?.()
  }
}
