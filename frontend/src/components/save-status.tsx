import {
  ArrowPathIcon,
  CheckCircleIcon,
  ExclamationTriangleIcon,
  PencilSquareIcon,
} from '@heroicons/react/20/solid'
import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import { TextButton } from '@/components/ui/text-link'
import { describeError } from '@/lib/api/describe-error'
import type { SaveState } from '@/lib/autosaver'
import { formatClock } from '@/lib/format'
import type { Autosave } from '@/lib/use-autosave'

const LOOKS = {
  saved: { icon: CheckCircleIcon, tone: 'text-success' },
  unsaved: { icon: PencilSquareIcon, tone: 'text-ink-soft' },
  saving: { icon: ArrowPathIcon, tone: 'text-ink-soft' },
  failed: { icon: ExclamationTriangleIcon, tone: 'text-danger' },
  conflict: { icon: ExclamationTriangleIcon, tone: 'text-danger' },
}

interface SaveStatusProps {
  autosave: Pick<Autosave<never>, 'state' | 'flush' | 'overwrite'>
  /** In a conflict: fetches what is there now and puts it on the screen (see `Autosave.reset`). */
  onReload: () => void
  className?: string
}

/** Says where what is on the screen stands, and offers the way on when it is stuck. */
export function SaveStatus({ autosave, onReload, className }: SaveStatusProps) {
  const { t } = useTranslation('frame')
  const { state } = autosave
  const words = useWords(state)
  const { icon: Icon, tone } = LOOKS[state.kind]
  return (
    <div className={clsx('flex min-h-11 flex-wrap items-center gap-x-4 text-sm', className)}>
      {/* Always in the page: a live region that comes together with its words is often not read. */}
      <p role="status" className={clsx('flex items-center gap-1.5 font-medium', tone)}>
        {words && (
          <>
            <Icon aria-hidden="true" className="size-4 shrink-0" />
            {words}
          </>
        )}
      </p>
      {state.kind === 'failed' && (
        <TextButton onClick={() => void autosave.flush()}>{t('saving.retry')}</TextButton>
      )}
      {state.kind === 'conflict' && (
        <>
          <TextButton onClick={onReload}>{t('saving.reload')}</TextButton>
          <TextButton onClick={() => void autosave.overwrite()}>{t('saving.overwrite')}</TextButton>
        </>
      )}
    </div>
  )
}

function useWords(state: SaveState): string {
  const { t } = useTranslation('frame')
  const { t: tCommon } = useTranslation()
  if (state.kind === 'saved') {
    return state.at ? t('saving.saved', { time: formatClock(state.at) }) : ''
  }
  if (state.kind !== 'failed') return t(`saving.${state.kind}`)
  return state.retries
    ? t('saving.retrying')
    : `${t('saving.failed')}. ${describeError(state.error, tCommon)}`
}
