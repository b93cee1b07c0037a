import { Squares2X2Icon, TableCellsIcon } from '@heroicons/react/24/outline'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

const KEPT = 'courses-look'
const LOOKS = [
  { look: 'cards', icon: Squares2X2Icon },
  { look: 'table', icon: TableCellsIcon },
] as const

export type Look = (typeof LOOKS)[number]['look']

/** How this person likes the list, on this computer. */
export function useLook(): [Look, (look: Look) => void] {
  const [look, setLook] = useState<Look>(() =>
    localStorage.getItem(KEPT) === 'table' ? 'table' : 'cards',
  )
  return [
    look,
    (next) => {
      localStorage.setItem(KEPT, next)
      setLook(next)
    },
  ]
}

export function LookSwitch({ look, onChange }: { look: Look; onChange: (look: Look) => void }) {
  const { t } = useTranslation('courses')
  return (
    // On a phone both are cards.
    <div
      role="group"
      aria-label={t('list.look')}
      className="flex rounded-lg border border-edge bg-surface p-0.5 max-sm:hidden"
    >
      {LOOKS.map(({ look: each, icon: Icon }) => (
        <button
          key={each}
          type="button"
          aria-pressed={look === each}
          onClick={() => onChange(each)}
          className="flex min-h-10 items-center gap-2 rounded-md px-3 font-semibold text-ink-soft hover:bg-page aria-pressed:bg-brand-soft aria-pressed:text-brand-strong"
        >
          <Icon aria-hidden="true" className="size-5" />
          {t(`list.${each}`)}
        </button>
      ))}
    </div>
  )
}
