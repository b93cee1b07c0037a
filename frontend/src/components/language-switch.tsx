import { clsx } from 'clsx'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { changeLanguage } from '@/lib/i18n'
import { type Language, LANGUAGES } from '@/lib/i18n/languages'

/** Every language by its own name, so that nobody has to read one to leave it. */
export function LanguageSwitch({ className }: { className?: string }) {
  const { t, i18n } = useTranslation()
  const id = useId()
  return (
    <div className={clsx('flex items-center gap-2', className)}>
      <label htmlFor={id} className="text-sm text-ink-soft">
        {t('language.label')}
      </label>
      <select
        id={id}
        value={i18n.resolvedLanguage}
        onChange={(event) => void changeLanguage(event.target.value as Language)}
        className="min-h-11 rounded-lg border border-edge bg-surface px-3 py-1.5"
      >
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}
