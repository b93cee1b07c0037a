import { lazy, Suspense } from 'react'
import { Bone } from '@/components/ui/skeleton'
import { loadWords } from '@/lib/i18n'
import type { DropzoneProps } from './dropzone'

const Dropzone = lazy(async () => {
  const [{ Dropzone: Component }] = await Promise.all([import('./dropzone'), loadWords('uploads')])
  return { default: Component }
})

/** Drop a video into a module, or choose one. It is checked here and sent by the tray. */
export function VideoDropzone(props: DropzoneProps) {
  return (
    <Suspense fallback={<Bone className="h-56 animate-appear-late" />}>
      <Dropzone {...props} />
    </Suspense>
  )
}
