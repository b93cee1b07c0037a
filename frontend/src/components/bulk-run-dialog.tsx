import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { ProgressBar } from '@/components/ui/progress-bar'
import { showToast } from '@/lib/toasts'

interface BulkRunDialogProps<T> {
  title: string
  /** What happens to each. */
  body: ReactNode
  confirmLabel: string
  tone?: 'normal' | 'danger'
  items: readonly T[]
  nameOf: (item: T) => string
  run: (item: T) => Promise<void>
  /** Why it did not work for one. */
  explain: (error: unknown) => string
  /** "3 people are deactivated." */
  doneText: (count: number) => string
  /** Called once, when all have had their turn, whether or not it worked for each. */
  onDone: () => void
  onClose: () => void
}

interface Failure {
  name: string
  reason: string
}

/** Asks, then does the same to many, one after the other; one that fails does not stop the others. */
export function BulkRunDialog<T>({
  title,
  body,
  confirmLabel,
  tone = 'normal',
  items,
  nameOf,
  run,
  explain,
  doneText,
  onDone,
  onClose,
}: BulkRunDialogProps<T>) {
  const { t } = useTranslation('frame')
  const { t: tCommon } = useTranslation()
  const [done, setDone] = useState<number | null>(null)
  const [failures, setFailures] = useState<readonly Failure[] | null>(null)
  const isRunning = done !== null && failures === null

  const start = async () => {
    const failed: Failure[] = []
    setDone(0)
    for (const [index, item] of items.entries()) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- a server is asked for many things one by one
        await run(item)
      } catch (error) {
        failed.push({ name: nameOf(item), reason: explain(error) })
      }
      setDone(index + 1)
    }
    onDone()
    const worked = items.length - failed.length
    if (worked > 0) showToast(doneText(worked))
    if (failed.length === 0) onClose()
    else setFailures(failed)
  }
  const close = () => {
    if (!isRunning) onClose()
  }
  return (
    <Dialog role="alertdialog" title={title} onClose={close}>
      <div className="mt-2 space-y-4">
        {failures === null ? (
          <>
            <p className="text-ink-soft">{body}</p>
            {done !== null && (
              <div>
                <ProgressBar percentage={(done / items.length) * 100} label={confirmLabel} />
                <p className="mt-1 text-sm text-ink-soft">
                  {t('bulk.progress', { done, count: items.length })}
                </p>
              </div>
            )}
            <div className="flex flex-wrap gap-3">
              <Button
                look={tone === 'danger' ? 'danger' : 'primary'}
                pending={isRunning}
                onClick={() => void start()}
              >
                {confirmLabel}
              </Button>
              <Button look="secondary" onClick={close}>
                {tCommon('action.cancel')}
              </Button>
            </div>
          </>
        ) : (
          <>
            <Notice tone="danger" role="alert">
              <p className="font-semibold">{t('bulk.failed', { count: failures.length })}</p>
              <ul className="mt-1 max-h-64 space-y-1 overflow-y-auto">
                {failures.map(({ name, reason }, index) => (
                  // Two people may have the same name.
                  // oxlint-disable-next-line react/no-array-index-key
                  <li key={index}>
                    <strong>{name}</strong>: {reason}
                  </li>
                ))}
              </ul>
            </Notice>
            <Button onClick={onClose}>{tCommon('action.close')}</Button>
          </>
        )}
      </div>
    </Dialog>
  )
}
