import { lazy, Suspense } from 'react'
import { Bone } from '@/components/ui/skeleton'
import { loadWords } from '@/lib/i18n'
import type { VideoPanelProps } from './video-panel'

const VideoPanel = lazy(async () => {
  const [{ VideoPanel: Component }] = await Promise.all([
    import('./video-panel'),
    loadWords('uploads'),
  ])
  return { default: Component }
})

/** A video of a course, for those who write it: where it stands, how it looks, and its rules. */
export function VideoItem(props: VideoPanelProps) {
  return (
    <Suspense fallback={<Bone className="h-96 animate-appear-late" />}>
      <VideoPanel key={props.content.id} {...props} />
    </Suspense>
  )
}
