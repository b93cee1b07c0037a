import type { RefObject } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber, formatPercent, spokenTime } from '@/lib/format'
import { setPlayerPrefs, SPEEDS, usePlayerPrefs } from '@/lib/player-prefs'
import { toggleFullscreen, togglePictureInPicture } from './fullscreen'
import { seekBy, seekTo, togglePlay } from './seek'
import { readDuration } from './use-media-value'
import type { PlayerCommands } from './use-shortcuts'

interface Options {
  box: RefObject<HTMLElement | null>
  video: HTMLVideoElement | null
  /** Length in seconds until the video itself tells. */
  duration: number
  hasCaptions: boolean
  onShowTranscript: () => void
  onShowHelp: () => void
}

interface Commands {
  commands: PlayerCommands
  /** Said by screen readers when a key changed something whose control has no focus. */
  spoken: string
}

/** What buttons and keys of the player do. */
export function useCommands({
  box,
  video,
  duration,
  hasCaptions,
  onShowTranscript,
  onShowHelp,
}: Options): Commands {
  const { t } = useTranslation('teacher')
  const { volume, muted, speed, captions } = usePlayerPrefs()
  const [spoken, setSpoken] = useState('')

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
      if (!hasCaptions) {
        setSpoken(t('player.noCaptions'))
        return
      }
      setPlayerPrefs({ captions: !captions })
      setSpoken(captions ? t('player.captionsOff') : t('player.captionsOn'))
    },
    toggleFullscreen: () => box.current && video && toggleFullscreen(box.current, video),
    togglePictureInPicture: () => video && togglePictureInPicture(video),
    showTranscript: onShowTranscript,
    showHelp: onShowHelp,
  }
  return { commands, spoken }
}
