import { ClipboardDocumentCheckIcon, ClipboardDocumentIcon } from '@heroicons/react/24/outline'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button'

interface CopyButtonProps {
  /** What goes to the clipboard. */
  text: string
  /** What is copied, when "Copy" does not say enough: "Copy the address". */
  label?: string
  className?: string
}

/** How long the button says that it worked, in milliseconds. */
const THANKS_MS = 2500

export function CopyButton({ text, label, className }: CopyButtonProps) {
  const { t } = useTranslation('frame')
  const [result, setResult] = useState<'copied' | 'failed'>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const copy = async () => {
    clearTimeout(timer.current)
    try {
      await navigator.clipboard.writeText(text)
      setResult('copied')
      timer.current = setTimeout(() => setResult(undefined), THANKS_MS)
    } catch {
      // The browser keeps the clipboard to itself; the words below say what to do.
      setResult('failed')
    }
  }
  const Icon = result === 'copied' ? ClipboardDocumentCheckIcon : ClipboardDocumentIcon
  return (
    <span className={className}>
      <Button look="secondary" onClick={() => void copy()}>
        <Icon aria-hidden="true" className="size-5 shrink-0" />
        {label ?? t('copy.copy')}
      </Button>
      <span role="status" className={result === 'failed' ? 'mt-1 block text-danger' : 'sr-only'}>
        {result && t(`copy.${result}`)}
      </span>
    </span>
  )
}
