import {
  ArrowsPointingInIcon,
  ArrowsPointingOutIcon,
  Cog6ToothIcon,
  PauseIcon,
  PlayIcon,
} from '@heroicons/react/24/solid'
import { clsx } from 'clsx'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { setPlayerPrefs, usePlayerPrefs } from '@/lib/player-prefs'
import { Clock } from './clock'
import { ControlButton } from './control-button'
import type { SecondRanges } from './second-ranges'
import { SeekBar } from './seek-bar'
import { SettingsPanel } from './settings-panel'
import { SkipIcon } from './skip-icon'
import type { Qualities } from './use-hls'
import { PLAY_EVENTS, useMediaValue } from './use-media-value'
import type { PlayerCommands } from './use-shortcuts'
import { VolumeControl } from './volume-control'

interface ControlsProps {
  video: HTMLVideoElement | null
  commands: PlayerCommands
  expectedDuration: number
  hasCaptions: boolean
  isFullscreen: boolean
  watched: SecondRanges
  qualities: Qualities
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
  watched,
  qualities,
}: ControlsProps) {
  const { t } = useTranslation('teacher')
  const paused = useMediaValue(video, PLAY_EVENTS, (element) => element.paused, true)
  const { captions, theatre } = usePlayerPrefs()

  return (
    <div className="relative rounded-b-[inherit] bg-night px-2 pb-2 text-white sm:px-4">
      <div className="flex items-center gap-2">
        <div className="min-w-0 flex-1">
          <SeekBar video={video} expectedDuration={expectedDuration} watched={watched} />
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
          <VolumeControl onToggleMute={commands.toggleMute} />
          <div className="hidden sm:block">
            <Clock video={video} expectedDuration={expectedDuration} />
          </div>
        </div>
        <div className="ml-auto flex items-center">
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
          <Settings
            qualities={qualities}
            hasCaptions={hasCaptions}
            onShowHelp={commands.showHelp}
          />
          {document.pictureInPictureEnabled && (
            <ControlButton
              label={t('player.picture')}
              keys="i"
              className="hidden sm:flex"
              onClick={commands.togglePictureInPicture}
            >
              <FrameIcon>
                <rect x="12" y="11" width="7" height="5" fill="currentColor" />
              </FrameIcon>
            </ControlButton>
          )}
          {!isFullscreen && (
            <ControlButton
              label={t('player.theatre')}
              aria-pressed={theatre}
              className="hidden lg:flex"
              onClick={() => setPlayerPrefs({ theatre: !theatre })}
            >
              <FrameIcon>
                {theatre ? (
                  <path d="M9 9v6m6-6v6" />
                ) : (
                  <path d="M6 12h12M8 10l-2 2 2 2m8-4 2 2-2 2" />
                )}
              </FrameIcon>
            </ControlButton>
          )}
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

function FrameIcon({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className="size-6"
    >
      <rect x="3" y="5" width="18" height="14" rx="2" />
      {children}
    </svg>
  )
}

interface SettingsProps {
  qualities: Qualities
  hasCaptions: boolean
  onShowHelp: () => void
}

function Settings({ qualities, hasCaptions, onShowHelp }: SettingsProps) {
  const { t } = useTranslation('teacher')
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)

  useEffect(() => {
    if (!open) return undefined
    const closeOutside = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', closeOutside)
    return () => document.removeEventListener('pointerdown', closeOutside)
  }, [open])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return
    // Only the panel closes, not what is around it.
    event.stopPropagation()
    setOpen(false)
    box.current?.querySelector('button')?.focus()
  }
  return (
    // Escape is a key of the controls inside it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={box} onKeyDown={onKeyDown}>
      <ControlButton
        label={t('player.settings')}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen((was) => !was)}
      >
        <Cog6ToothIcon className="size-6" />
      </ControlButton>
      {open && (
        <SettingsPanel
          id={id}
          qualities={qualities}
          hasCaptions={hasCaptions}
          onShowHelp={() => {
            setOpen(false)
            onShowHelp()
          }}
        />
      )}
    </div>
  )
}
