import { useTranslation } from 'react-i18next'
import { StatusChip } from '@/components/ui/status-chip'
import { isSettled, type VideoAsset } from './queries'

/** Where the video as a whole stands. */
export function VideoStateChip({ asset }: { asset: VideoAsset }) {
  const { t } = useTranslation('uploads')
  const { status, playable } = asset
  if (status === 'FAILED') {
    return (
      <StatusChip tone={playable ? 'warning' : 'danger'}>
        {playable ? t('status.failedPlayable') : t('status.FAILED')}
      </StatusChip>
    )
  }
  if (status === 'READY') return <StatusChip tone="success">{t('status.READY')}</StatusChip>
  return (
    <StatusChip tone="brand">
      {playable && !isSettled(asset) ? t('status.playable') : t(`status.${status}`)}
    </StatusChip>
  )
}
