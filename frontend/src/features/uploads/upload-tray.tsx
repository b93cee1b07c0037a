import { lazy, Suspense } from 'react'
import { loadWords } from '@/lib/i18n'
import { useUploads } from './upload-store'

const UploadList = lazy(async () => {
  const [{ UploadList: Component }] = await Promise.all([
    import('./upload-list'),
    loadWords('uploads'),
  ])
  return { default: Component }
})

/** Follows the person through the portal while videos are sent; is not there at all otherwise. */
export function UploadTray() {
  const isEmpty = useUploads((uploads) => uploads.length === 0)
  return isEmpty ? null : (
    <Suspense>
      <UploadList />
    </Suspense>
  )
}
