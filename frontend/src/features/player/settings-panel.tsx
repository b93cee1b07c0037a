import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import {
  CAPTION_LOOKS,
  CAPTION_SIZES,
  setPlayerPrefs,
  SPEEDS,
  usePlayerPrefs,
} from '@/lib/player-prefs'
import { formatNumber } from '@/lib/format'
import type { Qualities } from './use-hls'

interface SettingsPanelProps {
  id: string
  qualities: Qualities
  hasCaptions: boolean
  onShowHelp: () => void
}

/**
 * Inside the player and not over the page, so that it is there in full screen too. Browser's own
 * lists: every phone, keyboard and screen reader knows them.
 */
export function SettingsPanel({ id, qualities, hasCaptions, onShowHelp }: SettingsPanelProps) {
  const { t } = useTranslation('teacher')
  const { speed, captionSize, captionLook, singleKeys } = usePlayerPrefs()
  const { heights, chosen, playing, choose } = qualities
  return (
    <div
      id={id}
      role="group"
      aria-label={t('player.settings')}
      className="absolute right-2 bottom-full z-20 mb-1 max-h-[min(22rem,60vh)] w-72 max-w-[calc(100%-1rem)] space-y-1 overflow-y-auto rounded-xl border border-white/25 bg-night-raised p-3 text-white shadow-xl"
    >
      <Choice
        label={t('player.speed')}
        value={String(speed)}
        onChange={(value) => setPlayerPrefs({ speed: Number(value) })}
      >
        {SPEEDS.map((value) => (
          <option key={value} value={value}>
            {t('player.speedValue', { value: formatNumber(value) })}
          </option>
        ))}
      </Choice>
      {heights.length > 1 && (
        <Choice
          label={t('player.quality')}
          value={String(chosen ?? '')}
          onChange={(value) => choose(value ? Number(value) : null)}
        >
          <option value="">
            {playing && chosen === null
              ? t('player.qualityAutoNow', { height: playing })
              : t('player.qualityAuto')}
          </option>
          {heights.map((height) => (
            <option key={height} value={height}>
              {t('player.qualityValue', { height })}
            </option>
          ))}
        </Choice>
      )}
      {hasCaptions && (
        <>
          <Choice
            label={t('player.captionSize')}
            value={captionSize}
            onChange={(value) => {
              const size = CAPTION_SIZES.find((each) => each === value)
              if (size) setPlayerPrefs({ captionSize: size, captions: true })
            }}
          >
            {CAPTION_SIZES.map((size) => (
              <option key={size} value={size}>
                {t(`player.captionSizes.${size}`)}
              </option>
            ))}
          </Choice>
          <Choice
            label={t('player.captionLook')}
            value={captionLook}
            onChange={(value) => {
              const look = CAPTION_LOOKS.find((each) => each === value)
              if (look) setPlayerPrefs({ captionLook: look, captions: true })
            }}
          >
            {CAPTION_LOOKS.map((look) => (
              <option key={look} value={look}>
                {t(`player.captionLooks.${look}`)}
              </option>
            ))}
          </Choice>
        </>
      )}
      <label className="flex min-h-11 cursor-pointer items-center gap-3 rounded-lg px-2 hover:bg-white/10">
        <input
          type="checkbox"
          checked={singleKeys}
          onChange={(event) => setPlayerPrefs({ singleKeys: event.target.checked })}
          className="size-5 shrink-0 accent-brand-on-night"
        />
        {t('player.singleKeys')}
      </label>
      <button
        type="button"
        onClick={onShowHelp}
        className="flex min-h-11 w-full items-center rounded-lg px-2 text-left font-semibold underline underline-offset-4 hover:bg-white/10"
      >
        {t('player.help.open')}
      </button>
    </div>
  )
}

interface ChoiceProps {
  label: string
  value: string
  onChange: (value: string) => void
  children: ReactNode
}

function Choice({ label, value, onChange, children }: ChoiceProps) {
  const id = useId()
  return (
    <div className="flex min-h-11 items-center justify-between gap-3 px-2">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="min-h-9 max-w-40 cursor-pointer rounded-lg border border-white/40 bg-night px-2 text-white"
      >
        {children}
      </select>
    </div>
  )
}
