import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { refreshCourse } from './queries'
import { isUnfinished, type Upload, useUploads } from './upload-store'

/**
 * The upload that is to take the place of a video.
 *
 * @param onReplaced called with the new content once it stands there
 * @returns whether it is still on its way
 */
export function useReplacement(
  courseId: string,
  contentId: string,
  onReplaced: ((contentId: string) => void) | undefined,
): boolean {
  const client = useQueryClient()
  const upload = useUploads((uploads) => uploads.findLast(({ replaces }) => replaces === contentId))
  const newId = arrivedAs(upload)
  const tell = useEffectEvent((id: string) => {
    // First the way to it: a page that finds its video gone would lead elsewhere.
    onReplaced?.(id)
    void refreshCourse(client, courseId, 'video-status')
  })
  useEffect(() => {
    if (newId) tell(newId)
  }, [newId])
  return upload !== undefined && isUnfinished(upload)
}

const arrivedAs = (upload: Upload | undefined): string | null =>
  upload?.phase.kind === 'done' && !upload.phase.leftovers ? upload.phase.contentId : null
