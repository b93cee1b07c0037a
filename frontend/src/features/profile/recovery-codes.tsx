import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { showToast } from '@/lib/toasts'

/** Shown once: the server keeps fingerprints of them only. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const { t } = useTranslation('account')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])

  const copy = async () => {
    await navigator.clipboard.writeText(codes.join('\n'))
    showToast(t('factor.copied'))
  }
  // Only secure contexts have a clipboard; elsewhere the codes can still be marked and copied.
  const canCopy = 'clipboard' in navigator && Boolean(navigator.clipboard)
  return (
    <div className="mt-4 rounded-lg border border-edge p-4">
      <h3 ref={heading} tabIndex={-1} className="font-bold outline-none">
        {t('factor.doneTitle')}
      </h3>
      <p className="mt-1 text-ink-soft">{t('factor.done')}</p>
      <ul className="mt-3 grid gap-x-6 gap-y-1 font-mono sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code} className="select-all">
            {code}
          </li>
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap gap-3">
        {canCopy && (
          <Button look="secondary" onClick={() => void copy()}>
            {t('factor.copy')}
          </Button>
        )}
        <Button onClick={onKept}>{t('factor.kept')}</Button>
      </div>
    </div>
  )
}
