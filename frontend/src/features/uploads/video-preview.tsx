import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Bone } from '@/components/ui/skeleton'
import { type VideoPlace, type VideoStatusView, videoStatusQuery } from './queries'

const PlainPlayer = lazy(async () => ({
  default: (await import('@/features/player/plain-player')).PlainPlayer,
}))

const sourceOf = ({ playback }: VideoStatusView) =>
  playback && { hlsUrl: playback.hls_url, captionsUrl: playback.captions_url }

interface VideoPreviewProps {
  place: VideoPlace
  title: string
  status: VideoStatusView
}

/** What teachers will watch, as soon as there is something to watch. */
export function VideoPreview({ place, title, status }: VideoPreviewProps) {
  const { t } = useTranslation('uploads')
  const client = useQueryClient()
  const { courseId, moduleId, contentId } = place
  const renewSource = useCallback(async () => {
    const query = videoStatusQuery({ courseId, moduleId, contentId })
    const { view } = await client.fetchQuery({ ...query, staleTime: 0 })
    return sourceOf(view)
  }, [client, courseId, moduleId, contentId])
  const source = sourceOf(status)

  if (!source) {
    if (status.video_asset.status === 'FAILED') return null
    return (
      <p className="flex aspect-video max-h-64 w-full items-center justify-center rounded-xl bg-night px-6 text-center text-white">
        {t('preview.notYet')}
      </p>
    )
  }
  return (
    <Suspense fallback={<Bone className="aspect-video w-full" />}>
      <PlainPlayer
        // A player keeps what it began with: captions that come later, or a video made anew, need a new one.
        key={`${status.video_asset.id} ${source.captionsUrl === null}`}
        label={`${t('preview.label')}: ${title}`}
        troubleText={t('preview.failed')}
        source={source}
        renewSource={renewSource}
        poster={status.playback?.thumbnail_url ?? null}
        captionsLanguage={status.transcript?.language}
      />
    </Suspense>
  )
}
