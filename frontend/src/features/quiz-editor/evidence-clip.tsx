import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { spokenTime } from '@/lib/format'
import { clipQuery, type Evidence, type VideoPlace } from './queries'

const PlainPlayer = lazy(async () => ({
  default: (await import('@/features/player/plain-player')).PlainPlayer,
}))

/** A breath before the first word, in seconds. */
const LEAD = 1

/** The seconds of the video in which the answer is said. */
export function EvidenceClip({ evidence, place }: { evidence: Evidence; place: VideoPlace }) {
  const { t } = useTranslation('quiz-editor')
  const client = useQueryClient()
  const { courseId, moduleId, contentId } = place
  const { data: clip, isPending } = useQuery(clipQuery(place))
  const renewSource = useCallback(async () => {
    const query = clipQuery({ courseId, moduleId, contentId })
    return (await client.fetchQuery({ ...query, staleTime: 0 }))?.source ?? null
  }, [client, courseId, moduleId, contentId])
  const wait = (
    <Skeleton label={t('evidence.loading')}>
      <Bone className="aspect-video w-full max-w-xl" />
    </Skeleton>
  )
  if (isPending) return wait
  if (!clip) return <Notice tone="danger">{t('evidence.trouble')}</Notice>
  const { start, end } = evidence
  return (
    <div className="max-w-xl">
      <Suspense fallback={wait}>
        <PlainPlayer
          label={t('evidence.player', { from: spokenTime(start), to: spokenTime(end) })}
          troubleText={t('evidence.trouble')}
          source={clip.source}
          renewSource={renewSource}
          captionsLanguage={clip.language}
          startAt={Math.max(0, start - LEAD)}
          endAt={end + LEAD}
          autoPlay
        />
      </Suspense>
    </div>
  )
}
