import { ArrowUpTrayIcon, TrashIcon } from '@heroicons/react/24/outline'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/feedback/error-state'
import { Notice } from '@/components/feedback/notice'
import { WidgetBoundary } from '@/components/feedback/widget-boundary'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { describeError } from '@/lib/api/describe-error'
import { CoverageForm } from './coverage-form'
import { DeleteVideoDialog } from './delete-video-dialog'
import { MadeFromVideo } from './made-from-video'
import { problemsOf } from './pipeline-stages'
import { PipelineStepper } from './pipeline-stepper'
import type { VideoContent } from './queries'
import { ReplaceVideoDialog } from './replace-video-dialog'
import { StageProblem } from './stage-problem'
import { useReplacement } from './use-replacement'
import { useVideoStatus } from './use-video-status'
import { VideoFacts } from './video-facts'
import { VideoPreview } from './video-preview'
import { VideoStateChip } from './video-state-chip'

export interface VideoPanelProps {
  courseId: string
  moduleId: string
  content: VideoContent
  /** Called with the new content when another file has taken this one's place. */
  onReplaced?: (contentId: string) => void
}

export function VideoPanel({ courseId, moduleId, content, onReplaced }: VideoPanelProps) {
  const { t } = useTranslation('uploads')
  const { t: tCommon } = useTranslation()
  const [asked, setAsked] = useState<'replace' | 'delete' | null>(null)
  const place = { courseId, moduleId, contentId: content.id }
  const { status, query, rerun } = useVideoStatus(place)
  const isBeingReplaced = useReplacement(courseId, content.id, onReplaced)

  if (!status) {
    if (query.error) {
      return (
        <ErrorState
          title={t('status.failed')}
          error={query.error}
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
        />
      )
    }
    return (
      <Skeleton label={t('status.loading')}>
        <Bone className="aspect-video w-full" />
        <Bone className="mt-5 h-24" />
      </Skeleton>
    )
  }

  const { video_asset: asset } = status
  const problems = problemsOf(asset)
  return (
    <div className="space-y-5">
      {isBeingReplaced && (
        <Notice tone="info" role="status">
          {t('replace.underWay')}
        </Notice>
      )}
      <Card title={t('stages.label')} level={3} actions={<VideoStateChip asset={asset} />}>
        <PipelineStepper asset={asset} />
        {rerun.error && (
          <Notice tone="danger" role="alert" className="mt-4">
            {describeError(rerun.error, tCommon)}
          </Notice>
        )}
        {problems.map((stage) => (
          <div key={stage.name} className="mt-4">
            <StageProblem
              stage={stage}
              playable={asset.playable}
              retrying={rerun.isPending}
              onRetry={(step) => rerun.mutate(step)}
              onReplace={() => setAsked('replace')}
            />
          </div>
        ))}
      </Card>
      <WidgetBoundary title={t('preview.failed')}>
        <VideoPreview place={place} title={content.title} status={status} />
      </WidgetBoundary>
      <MadeFromVideo assignments={status.assignments} isOver={problems.length > 0} />
      <CoverageForm place={place} coverage={status.content.required_coverage ?? 90} />
      <VideoFacts status={status} />
      <div className="flex flex-wrap gap-3">
        <Button look="secondary" onClick={() => setAsked('replace')}>
          <ArrowUpTrayIcon aria-hidden="true" className="size-5" />
          {t('action.replace')}
        </Button>
        <Button look="secondary" className="text-danger!" onClick={() => setAsked('delete')}>
          <TrashIcon aria-hidden="true" className="size-5" />
          {t('action.delete')}
        </Button>
      </div>
      {asked === 'replace' && (
        <ReplaceVideoDialog place={place} title={content.title} onClose={() => setAsked(null)} />
      )}
      {asked === 'delete' && (
        <DeleteVideoDialog place={place} title={content.title} onClose={() => setAsked(null)} />
      )}
    </div>
  )
}
