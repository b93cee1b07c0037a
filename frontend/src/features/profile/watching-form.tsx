import { useTranslation } from 'react-i18next'
import { Select } from '@/components/ui/select'
import { Switch } from '@/components/ui/switch'
import { formatNumber } from '@/lib/format'
import {
  CAPTION_LOOKS,
  CAPTION_SIZES,
  setPlayerPrefs,
  SPEEDS,
  usePlayerPrefs,
} from '@/lib/player-prefs'

/** How videos play on this device; the player's own settings are the same ones. */
export function WatchingForm() {
  const { t } = useTranslation('account')
  const { captions, captionSize, captionLook, speed, singleKeys } = usePlayerPrefs()
  return (
    <div className="space-y-4">
      <p className="text-ink-soft">{t('watching.text')}</p>
      <Switch
        label={t('watching.captions')}
        checked={captions}
        onChange={(on) => setPlayerPrefs({ captions: on })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label={t('watching.captionSize')}
          options={CAPTION_SIZES.map((size) => ({
            value: size,
            label: t(`watching.captionSizes.${size}`),
          }))}
          value={captionSize}
          onChange={(size) => setPlayerPrefs({ captionSize: size })}
        />
        <Select
          label={t('watching.captionLook')}
          options={CAPTION_LOOKS.map((look) => ({
            value: look,
            label: t(`watching.captionLooks.${look}`),
          }))}
          value={captionLook}
          onChange={(look) => setPlayerPrefs({ captionLook: look })}
        />
        <Select
          label={t('watching.speed')}
          options={SPEEDS.map((value) => ({
            value: String(value),
            label: t('watching.speedValue', { value: formatNumber(value) }),
          }))}
          value={String(speed)}
          onChange={(value) => setPlayerPrefs({ speed: Number(value) })}
        />
      </div>
      <Switch
        label={t('watching.singleKeys')}
        hint={t('watching.singleKeysHint')}
        checked={singleKeys}
        onChange={(on) => setPlayerPrefs({ singleKeys: on })}
      />
    </div>
  )
}
