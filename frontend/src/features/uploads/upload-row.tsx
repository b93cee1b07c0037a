import { ArrowPathIcon, XMarkIcon } from '@heroicons/react/20/solid'
import {
  ArrowUpTrayIcon,
  CheckCircleIcon,
  ClockIcon,
  ExclamationTriangleIcon,
  SignalSlashIcon,
} from '@heroicons/react/24/outline'
import { clsx } from 'clsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { ProgressBar } from '@/components/ui/progress-bar'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import { isUnfinished, removeUpload, retryUpload, type Upload } from './upload-store'
import { describeUpload, percentOf } from './upload-words'

const LOOKS = {
  queued: { icon: ClockIcon, tone: 'text-ink-soft' },
  sending: { icon: ArrowUpTrayIcon, tone: 'text-brand-strong' },
  finishing: { icon: ArrowUpTrayIcon, tone: 'text-brand-strong' },
  offline: { icon: SignalSlashIcon, tone: 'text-warning' },
  failed: { icon: ExclamationTriangleIcon, tone: 'text-danger' },
  done: { icon: CheckCircleIcon, tone: 'text-success' },
}

/** One upload: how it stands, and what can be done about it. */
export function UploadRow({ upload }: { upload: Upload }) {
  const { t } = useTranslation('uploads')
  const { t: tCommon } = useTranslation()
  const [asked, setAsked] = useState(false)
  const { id, order, phase } = upload
  const { name } = order.file
  const { icon: Icon, tone } = LOOKS[phase.kind]
  const stopped = phase.kind === 'failed' || phase.kind === 'offline'
  const close = () => {
    // Sent bytes are thrown away: that is worth a question.
    if (isUnfinished(upload) && upload.sentBytes > 0) setAsked(true)
    else removeUpload(id)
  }
  return (
    <li className="px-4 py-3">
      <div className="flex items-start gap-3">
        <Icon aria-hidden="true" className={clsx('mt-0.5 size-6 shrink-0', tone)} />
        <div className="min-w-0 flex-1">
          <p className="truncate font-semibold" title={name}>
            {name}
          </p>
          <p
            role={phase.kind === 'failed' ? 'alert' : undefined}
            className={clsx('text-sm tabular-nums', stopped ? tone : 'text-ink-soft')}
          >
            {describeUpload(upload, t, tCommon)}
          </p>
          {isUnfinished(upload) && phase.kind !== 'queued' && (
            <ProgressBar
              percentage={percentOf(upload)}
              label={t('tray.progress', { name })}
              className="mt-2"
            />
          )}
          {stopped && (
            <Button look="secondary" className="mt-2" onClick={() => retryUpload(id)}>
              <ArrowPathIcon aria-hidden="true" className="size-5" />
              {t('tray.again')}
            </Button>
          )}
          {phase.kind === 'done' && (
            <TextLink to={paths.course(order.courseId)} className="text-sm">
              {t('tray.open')}
            </TextLink>
          )}
        </div>
        <button
          type="button"
          aria-label={t(isUnfinished(upload) ? 'tray.cancelOf' : 'tray.remove', { name })}
          onClick={close}
          className="-mt-2 -mr-2 flex size-11 shrink-0 items-center justify-center rounded-lg text-ink-soft hover:bg-page"
        >
          <XMarkIcon aria-hidden="true" className="size-5" />
        </button>
      </div>
      {asked && (
        <ConfirmDialog
          title={t('tray.asked.title', { name })}
          body={t('tray.asked.body')}
          confirmLabel={t('tray.asked.confirm')}
          tone="danger"
          onConfirm={() => removeUpload(id)}
          onClose={() => setAsked(false)}
        />
      )}
    </li>
  )
}
