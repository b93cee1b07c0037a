import { useTranslation } from 'react-i18next'

const KEYS = [
  ['R', 'right'],
  ['A', 'accept'],
  ['W', 'wrong'],
  ['↑ ↓', 'move'],
] as const

/** The keys that judge the answer which has the focus. Without a keyboard there is nothing to tell. */
export function KeyHints() {
  const { t } = useTranslation('quiz-marking')
  return (
    <ul
      aria-label={t('keys.label')}
      className="mb-4 flex flex-wrap gap-x-5 gap-y-2 text-sm text-ink-soft pointer-coarse:hidden"
    >
      {KEYS.map(([key, word]) => (
        <li key={key} className="flex items-center gap-2">
          <kbd className="rounded-md border border-edge bg-page px-2 py-0.5 font-sans font-semibold">
            {key}
          </kbd>
          {t(`keys.${word}`)}
        </li>
      ))}
    </ul>
  )
}
