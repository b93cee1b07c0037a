import { useTranslation } from 'react-i18next'
import { Card } from '@/components/ui/card'
import { formatBytes, formatDuration, formatNumber, languageName } from '@/lib/format'
import type { VideoStatusView } from './queries'

export function VideoFacts({ status }: { status: VideoStatusView }) {
  const { t } = useTranslation('uploads')
  const { video_asset: asset, transcript } = status
  const { width, height, duration_seconds: duration } = asset
  const facts: [string, string][] = [[t('facts.name'), asset.source_name]]
  if (duration !== null) facts.push([t('facts.duration'), formatDuration(duration)])
  if (width && height) {
    facts.push([t('facts.picture'), `${formatNumber(width)} × ${formatNumber(height)}`])
  }
  facts.push([t('facts.size'), formatBytes(asset.source_bytes)])
  facts.push([t('facts.stored'), formatBytes(asset.stored_bytes)])
  if (transcript) {
    const language = languageName(transcript.language)
    facts.push([t('facts.captions'), t('facts.captionsIn', { language })])
  }
  return (
    <Card title={t('facts.title')} level={3}>
      <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[auto_minmax(0,1fr)]">
        {facts.map(([name, value]) => (
          <div key={name} className="sm:contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="min-w-0 break-words max-sm:mb-2">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
