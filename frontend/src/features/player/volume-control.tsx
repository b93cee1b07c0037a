import { SpeakerWaveIcon, SpeakerXMarkIcon } from '@heroicons/react/24/solid'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { formatPercent } from '@/lib/format'
import { setPlayerPrefs, usePlayerPrefs } from '@/lib/player-prefs'
import { ControlButton } from './control-button'

export function VolumeControl({ onToggleMute }: { onToggleMute: () => void }) {
  const { t } = useTranslation('teacher')
  const { volume, muted } = usePlayerPrefs()
  const silent = muted || volume === 0
  const shown = muted ? 0 : volume
  return (
    <>
      <ControlButton
        label={silent ? t('player.unmute') : t('player.mute')}
        keys="m"
        onClick={onToggleMute}
      >
        {silent ? <SpeakerXMarkIcon className="size-6" /> : <SpeakerWaveIcon className="size-6" />}
      </ControlButton>
      <input
        type="range"
        data-bar="volume"
        aria-label={t('player.volume')}
        aria-valuetext={muted ? t('player.muted') : formatPercent(volume * 100)}
        min={0}
        max={1}
        step={0.05}
        value={shown}
        onChange={(event) => setPlayerPrefs({ volume: event.target.valueAsNumber, muted: false })}
        // Phones have keys for it, and iPhones ignore what a page sets.
        className="range-bar mr-2 hidden w-20 sm:block"
        style={{ '--played': `${shown * 100}%` } as CSSProperties}
      />
    </>
  )
}
