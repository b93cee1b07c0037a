import { MagnifyingGlassIcon, XMarkIcon } from '@heroicons/react/20/solid'
import { clsx } from 'clsx'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface SearchFieldProps {
  label: string
  /** What is searched for now. */
  value: string
  /** Called when typing rests, at Enter and when the field is cleared. */
  onChange: (value: string) => void
  placeholder?: string
  className?: string
}

/** Typing rests when nothing came for this long, in milliseconds. */
const REST_MS = 300

export function SearchField({ label, value, onChange, placeholder, className }: SearchFieldProps) {
  const { t } = useTranslation('frame')
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [draft, setDraft] = useState(value)
  const [told, setTold] = useState(value)
  // The search was changed elsewhere: Back, or "Clear filters".
  if (value !== told) {
    setTold(value)
    if (value !== draft.trim()) setDraft(value)
  }
  useEffect(() => () => clearTimeout(timer.current), [])

  const tell = (text: string) => {
    clearTimeout(timer.current)
    if (text.trim() !== value) onChange(text.trim())
  }
  const type = (text: string) => {
    setDraft(text)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => tell(text), REST_MS)
  }
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block font-semibold">
        {label}
      </label>
      <div className="relative">
        <MagnifyingGlassIcon
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-3 size-5 -translate-y-1/2 text-ink-soft"
        />
        <input
          ref={input}
          id={id}
          type="search"
          value={draft}
          placeholder={placeholder}
          autoComplete="off"
          onChange={(event) => type(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault()
              tell(draft)
            }
          }}
          className={clsx(
            'min-h-11 w-full rounded-lg border border-edge bg-surface py-2 pl-10 text-base [&::-webkit-search-cancel-button]:hidden',
            draft ? 'pr-11' : 'pr-3',
          )}
        />
        {draft && (
          <button
            type="button"
            aria-label={t('search.clear')}
            onClick={() => {
              setDraft('')
              tell('')
              input.current?.focus()
            }}
            className="absolute inset-y-1 right-1 flex w-9 items-center justify-center rounded-md text-ink-soft hover:bg-page"
          >
            <XMarkIcon aria-hidden="true" className="size-5" />
          </button>
        )}
      </div>
    </div>
  )
}
