import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { usePlayerPrefs } from '@/lib/player-prefs'

/** Keys as they are called on a keyboard; `name` of a key that has one in every language. */
const ROWS = [
  { act: 'play', keys: ['K', 'space'] },
  { act: 'tens', keys: ['J', 'L'] },
  { act: 'fives', keys: ['←', '→'] },
  { act: 'share', keys: ['0', '9'], span: true },
  { act: 'ends', keys: ['home', 'end'] },
  { act: 'volume', keys: ['↑', '↓'] },
  { act: 'mute', keys: ['M'] },
  { act: 'speed', keys: ['<', '>'] },
  { act: 'captions', keys: ['C'] },
  { act: 'transcript', keys: ['T'] },
  { act: 'fullscreen', keys: ['F'] },
  { act: 'picture', keys: ['I'] },
  { act: 'help', keys: ['?'] },
] as const

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('teacher')
  const { t: tCommon } = useTranslation()
  const singleKeys = usePlayerPrefs((prefs) => prefs.singleKeys)
  return (
    <Dialog title={t('player.help.title')} onClose={onClose}>
      <p className="mt-2 text-ink-soft">
        {singleKeys ? t('player.help.text') : t('player.help.off')}
      </p>
      <dl className="mt-4 divide-y divide-line">
        {ROWS.map((row) => (
          <div key={row.act} className="flex items-center justify-between gap-4 py-2">
            <dt>{t(`player.help.acts.${row.act}`)}</dt>
            <dd className="flex shrink-0 items-center gap-1.5">
              {row.keys.map((key, index) => (
                <span key={key} className="contents">
                  {index > 0 && (
                    <span className="text-ink-soft">
                      {'span' in row ? t('player.help.to') : t('player.help.or')}
                    </span>
                  )}
                  <kbd className="rounded-md border border-edge bg-page px-2 py-0.5 font-sans text-sm font-semibold">
                    {key === 'space' || key === 'home' || key === 'end'
                      ? t(`player.help.keys.${key}`)
                      : key}
                  </kbd>
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <Button look="secondary" className="mt-5" onClick={onClose}>
        {tCommon('action.close')}
      </Button>
    </Dialog>
  )
}
