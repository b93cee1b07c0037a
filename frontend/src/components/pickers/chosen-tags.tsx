import { XMarkIcon } from '@heroicons/react/20/solid'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextButton } from '@/components/ui/text-link'
import type { ChoiceSource } from './choice'
import { useNames } from './use-choices'

interface ChosenTagsProps {
  source: ChoiceSource
  ids: readonly string[]
  onRemove: (ids: readonly string[]) => void
}

/** More would push what is being searched off the screen. */
const MOST_SHOWN = 12

/** What is chosen, each with a way to take it out again. */
export function ChosenTags({ source, ids, onRemove }: ChosenTagsProps) {
  const { t } = useTranslation('frame')
  const [all, setAll] = useState(false)
  const shown = all ? ids : ids.slice(0, MOST_SHOWN)
  const names = useNames(source, shown)
  return (
    <div>
      <p role="status" className="text-sm text-ink-soft">
        {ids.length > 0 ? t('picker.chosen', { count: ids.length }) : t('picker.none')}
      </p>
      {ids.length > 0 && (
        <ul className="mt-1 flex flex-wrap gap-1.5">
          {shown.map((id, index) => {
            const known = names[index]
            const name = known === null ? t('picker.unknown') : (known?.label ?? '…')
            return (
              <li
                key={id}
                className="flex max-w-full min-w-0 items-center rounded-full bg-brand-soft pl-3 font-medium text-brand-strong"
              >
                <span className="min-w-0 truncate">{name}</span>
                <button
                  type="button"
                  aria-label={t('picker.remove', { name })}
                  onClick={() => onRemove([id])}
                  className="flex size-9 shrink-0 items-center justify-center rounded-full hover:bg-surface"
                >
                  <XMarkIcon aria-hidden="true" className="size-5" />
                </button>
              </li>
            )
          })}
        </ul>
      )}
      <div className="flex flex-wrap gap-x-4">
        {ids.length > shown.length && (
          <TextButton onClick={() => setAll(true)}>
            {t('picker.showAll', { count: ids.length })}
          </TextButton>
        )}
        {ids.length > 1 && (
          <TextButton onClick={() => onRemove(ids)}>{t('picker.removeAll')}</TextButton>
        )}
      </div>
    </div>
  )
}
