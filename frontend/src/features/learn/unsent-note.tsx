import { CloudArrowUpIcon } from '@heroicons/react/24/outline'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import type { SendState } from './watch-sender'

interface UnsentNoteProps {
  state: SendState
  onRetry: () => void
}

/** Says that what was watched is safe in this browser, though the school does not know of it yet. */
export function UnsentNote({ state, onRetry }: UnsentNoteProps) {
  const { t } = useTranslation('teacher')
  const [hasFailed, setFailed] = useState(false)
  // It stays while another try runs: what blinks cannot be read.
  if (state === 'failed' && !hasFailed) setFailed(true)
  if (state === 'idle' && hasFailed) setFailed(false)
  return (
    <div role="status">
      {hasFailed && (
        <div className="mt-2 flex animate-fade-in flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-surface px-4 py-2">
          <CloudArrowUpIcon aria-hidden="true" className="size-5 shrink-0 text-warning" />
          <p className="min-w-0 flex-1 basis-56">
            <strong>{t('unsent.title')}</strong> {t('unsent.text')}
          </p>
          <Button look="quiet" onClick={onRetry} pending={state === 'sending'}>
            {t('unsent.retry')}
          </Button>
        </div>
      )}
    </div>
  )
}
