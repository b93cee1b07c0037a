import {
  ArrowsPointingInIcon,
  ArrowsPointingOutIcon,
  PauseIcon,
  PlayIcon,
  SpeakerWaveIcon,
  SpeakerXMarkIcon,
} from '@heroicons/react/24/solid'
import { clsx } from 'clsx'
import type { ComponentProps, CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber, formatPercent, formatTime } from '@/lib/format'
import { setPlayerPrefs, SPEEDS, usePlayerPrefs } from './player-prefs'
import { SeekBar } from './seek-bar'
import type { PlayerCommands } from './use-shortcuts'
import {
  DURATION_EVENTS,
  PLAY_EVENTS,
  readDuration,
  readTime,
  TIME_EVENTS,
  useMediaValue,
} from './use-media-value'

interface ControlsProps {
  video: HTMLVideoElement | null
  commands: PlayerCommands
  expectedDuration: number
  hasCaptions: boolean
  isFullscreen: boolean
}

/**
 * Always in view, below the picture: nothing disappears under a finger, a keyboard focus or a screen
 * reader, and the captions are never covered.
 */
export function Controls({
  video,
  commands,
  expectedDuration,
  hasCaptions,
  isFullscreen,
}: ControlsProps) {
  const { t } = useTranslation('teacher')
  const paused = useMediaValue(video, PLAY_EVENTS, (element) => element.paused, true)
  const { volume, muted, speed, captions } = usePlayerPrefs()
  const silent = muted || volume === 0

  return (
    <div className="bg-night px-2 pb-2 text-white sm:px-4">
      <div className="flex items-center gap-2">
        <div className="min-w-0 flex-1">
          <SeekBar video={video} expectedDuration={expectedDuration} />
        </div>
        <div className="sm:hidden">
          <Clock video={video} expectedDuration={expectedDuration} />
        </div>
      </div>
      <div className="flex flex-wrap items-center justify-between">
        <div className="flex items-center">
          <ControlButton
            label={paused ? t('player.play') : t('player.pause')}
            keys="k"
            onClick={commands.togglePlay}
          >
            {paused ? <PlayIcon className="size-6" /> : <PauseIcon className="size-6" />}
          </ControlButton>
          <ControlButton label={t('player.back')} keys="j" onClick={() => commands.seekBy(-10)}>
            <SkipIcon />
          </ControlButton>
          <ControlButton label={t('player.forward')} keys="l" onClick={() => commands.seekBy(10)}>
            <SkipIcon forward />
          </ControlButton>
          <ControlButton
            label={silent ? t('player.unmute') : t('player.mute')}
            keys="m"
            onClick={commands.toggleMute}
          >
            {silent ? (
              <SpeakerXMarkIcon className="size-6" />
            ) : (
              <SpeakerWaveIcon className="size-6" />
            )}
          </ControlButton>
          <input
            type="range"
            data-bar="volume"
            aria-label={t('player.volume')}
            aria-valuetext={muted ? t('player.muted') : formatPercent(volume * 100)}
            min={0}
            max={1}
            step={0.05}
            value={muted ? 0 : volume}
            onChange={(event) =>
              setPlayerPrefs({ volume: event.target.valueAsNumber, muted: false })
            }
            // Phones have keys for it, and iPhones ignore what a page sets.
            className="range-bar mr-2 hidden w-20 sm:block"
            style={{ '--played': `${(muted ? 0 : volume) * 100}%` } as CSSProperties}
          />
          <div className="hidden sm:block">
            <Clock video={video} expectedDuration={expectedDuration} />
          </div>
        </div>
        <div className="ml-auto flex items-center">
          <label className="relative flex items-center">
            <span className="sr-only">{t('player.speed')}</span>
            <select
              value={speed}
              onChange={(event) => setPlayerPrefs({ speed: Number(event.target.value) })}
              className="field-sizing-content min-h-11 cursor-pointer rounded-lg bg-night px-0.5 text-base font-semibold text-white tabular-nums hover:bg-white/10 sm:px-1.5"
            >
              {SPEEDS.map((value) => (
                <option key={value} value={value}>
                  {t('player.speedValue', { value: formatNumber(value) })}
                </option>
              ))}
            </select>
          </label>
          <ControlButton
            label={hasCaptions ? t('player.captions') : t('player.noCaptions')}
            keys="c"
            aria-pressed={hasCaptions && captions}
            aria-disabled={!hasCaptions || undefined}
            onClick={commands.toggleCaptions}
          >
            <span
              aria-hidden="true"
              className={clsx(
                'rounded border-2 px-1 text-sm leading-5 font-bold',
                hasCaptions && captions
                  ? 'border-white bg-white text-night'
                  : 'border-current text-white',
                !hasCaptions && 'opacity-50',
              )}
            >
              CC
            </span>
          </ControlButton>
          <ControlButton
            label={isFullscreen ? t('player.exitFullscreen') : t('player.fullscreen')}
            keys="f"
            onClick={commands.toggleFullscreen}
          >
            {isFullscreen ? (
              <ArrowsPointingInIcon className="size-6" />
            ) : (
              <ArrowsPointingOutIcon className="size-6" />
            )}
          </ControlButton>
        </div>
      </div>
    </div>
  )
}

interface ControlButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'title'> {
  label: string
  keys: string
}

function ControlButton({ label, keys, children, ...props }: ControlButtonProps) {
  return (
    <button
      {...props}
      type="button"
      aria-keyshortcuts={keys}
      title={`${label} (${keys})`}
      className="flex size-10 items-center justify-center rounded-lg hover:bg-white/10 min-[22.5rem]:size-11 [&>svg]:pointer-events-none"
    >
      <span className="sr-only">{label}</span>
      {children}
    </button>
  )
}

function Clock({
  video,
  expectedDuration,
}: {
  video: HTMLVideoElement | null
  expectedDuration: number
}) {
  const time = useMediaValue(video, TIME_EVENTS, readTime, 0)
  const duration = useMediaValue(video, DURATION_EVENTS, readDuration, 0) || expectedDuration
  // The seek bar says the same in words.
  return (
    <p aria-hidden="true" className="px-1 text-sm whitespace-nowrap tabular-nums">
      {formatTime(time)} / {formatTime(duration)}
    </p>
  )
}

/** A turning arrow around the number of seconds. */
function SkipIcon({ forward = false }: { forward?: boolean }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className="size-7">
      <g
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
        transform={forward ? 'matrix(-1 0 0 1 24 0)' : undefined}
      >
        <path d="M5.6 7.2A8.8 8.8 0 1 1 3.2 13.3" />
        <path d="M5.200 3v4.600h4.600" />
      </g>
      <text
        x="12"
        y="16.2"
        textAnchor="middle"
        fontSize="8"
        fontWeight="700"
        fill="currentColor"
        style={{ fontFamily: 'system-ui, sans-serif' }}
      >
        10
      </text>
    </svg>
  )
}
