import { ArrowDownTrayIcon } from '@heroicons/react/24/outline'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import { Spinner } from '@/components/ui/spinner'
import { TextButton } from '@/components/ui/text-link'
import { describeError } from '@/lib/api/describe-error'
import { formatPercent } from '@/lib/format'
import { JobFailed } from '@/lib/jobs/follow-job'
import { AS_BYTES, type FileAnswer, useJob } from '@/lib/jobs/use-job'
import { showToast } from '@/lib/toasts'

export type ExportFormat = 'csv' | 'pdf' | 'zip'

interface ExportButtonProps<F extends ExportFormat> {
  formats: readonly F[]
  /**
   * Asks the API, which answers with the file or with a job. Pass the options on:
   * `(format, options) => reportEngagement({ query: { ...filters, format }, ...options })`.
   */
  request: (format: F, options: typeof AS_BYTES) => Promise<FileAnswer>
  /** Without ending; used when the server names the file not itself. */
  fileName: string
  /** Instead of "Export". */
  label?: string
}

/** Makes a file of what the page shows. Large ones take a while; meanwhile everything else works. */
export function ExportButton<F extends ExportFormat>({
  formats,
  request,
  fileName,
  label,
}: ExportButtonProps<F>) {
  const { t } = useTranslation('frame')
  const { state, run } = useJob()
  const [format, setFormat] = useState<F>()
  const isWorking = state.kind === 'working'

  const start = async (wanted: F) => {
    setFormat(wanted)
    const name = await run(() => request(wanted, AS_BYTES), `${fileName}.${wanted}`)
    if (name === null) showToast(t('export.failed'), 'danger')
    else showToast(t('export.ready', { name }))
  }
  const [only, ...others] = formats
  const words = label ?? t('export.label')
  const nameOf = (each: ExportFormat) => t(`export.${each}`)
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      {only !== undefined && others.length === 0 ? (
        <Button look="secondary" pending={isWorking} onClick={() => void start(only)}>
          {!isWorking && <ArrowDownTrayIcon aria-hidden="true" className="size-5" />}
          {words}
        </Button>
      ) : (
        <div className="rounded-lg border border-edge bg-surface">
          <Menu
            label={t('export.menu')}
            trigger={
              <span className="flex items-center gap-2 px-2 font-semibold">
                {isWorking ? (
                  <Spinner className="size-5" />
                ) : (
                  <ArrowDownTrayIcon aria-hidden="true" className="size-5" />
                )}
                {words}
              </span>
            }
            items={formats.map((each) => ({
              id: each,
              label: nameOf(each),
              icon: ArrowDownTrayIcon,
              onAction: () => void start(each),
            }))}
          />
        </div>
      )}
      <p role="status" className="text-sm text-ink-soft empty:-ml-3">
        {isWorking && (
          <>
            {state.progress === null
              ? t('export.waiting')
              : t('export.working', { percent: formatPercent(state.progress * 100) })}{' '}
            {t('export.continues')}
          </>
        )}
      </p>
      {state.kind === 'failed' && (
        <Failure error={state.error} onRetry={() => format && void start(format)} />
      )}
    </div>
  )
}

function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('frame')
  const { t: tCommon } = useTranslation()
  return (
    <Notice tone="danger" role="alert" className="w-full">
      <p>
        <strong>{t('export.failed')}</strong>{' '}
        {!(error instanceof JobFailed) && describeError(error, tCommon)}
      </p>
      <TextButton onClick={onRetry}>{t('export.retry')}</TextButton>
    </Notice>
  )
}
