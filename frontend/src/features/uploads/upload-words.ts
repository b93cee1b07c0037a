import type { TFunction } from 'i18next'
import { NetworkError } from '@/lib/api/problem'
import { describeError } from '@/lib/api/describe-error'
import { formatBytes, formatDuration, formatPercent } from '@/lib/format'
import type { Upload } from './upload-store'

/** 0 to 100. */
export const percentOf = ({ sentBytes, order }: Upload): number =>
  order.file.size === 0 ? 0 : (sentBytes / order.file.size) * 100

/** How an upload stands, in one line. */
export function describeUpload(
  upload: Upload,
  t: TFunction<'uploads'>,
  tCommon: TFunction<'common'>,
): string {
  const { phase, sentBytes, order } = upload
  const percent = formatPercent(percentOf(upload))
  switch (phase.kind) {
    case 'queued':
      return t('tray.queued')
    case 'finishing':
      return t('tray.finishing')
    case 'offline':
      return t('tray.offline', { percent })
    case 'done':
      return phase.leftovers ? t('tray.leftovers') : t('tray.done')
    case 'failed':
      return phase.error instanceof NetworkError
        ? t('tray.dropped', { percent })
        : `${t('tray.failed')} ${describeError(phase.error, tCommon)}`
    case 'sending': {
      if (sentBytes === 0) return t('tray.starting')
      const { bytesPerSecond: speed } = phase
      const parts = [t('tray.sending', { percent, size: formatBytes(order.file.size) })]
      if (speed !== null && speed > 0) {
        const time = formatDuration(Math.ceil((order.file.size - sentBytes) / speed))
        parts.push(t('tray.speed', { speed: formatBytes(speed) }), t('tray.left', { time }))
      }
      return parts.join(' · ')
    }
  }
}

/** What is said aloud: quarters only, and the end. */
export function milestoneOf(upload: Upload | undefined, t: TFunction<'uploads'>): string {
  if (!upload) return ''
  const { name } = upload.order.file
  const { kind } = upload.phase
  if (kind === 'done') return t('tray.announceDone', { name })
  if (kind !== 'sending' && kind !== 'finishing') return ''
  const quarter = Math.floor(percentOf(upload) / 25) * 25
  return t('tray.announce', { name, percent: formatPercent(quarter) })
}
