import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { rerunVideo } from '@/lib/api/operations'
import { refreshCourse, type VideoPlace, type VideoStep, videoStatusQuery } from './queries'

/** Follows a video on its way through the pipeline, for as long as something happens. */
export function useVideoStatus(place: VideoPlace) {
  const { courseId, contentId } = place
  const client = useQueryClient()
  const query = useQuery(videoStatusQuery(place))
  const asset = query.data?.view.video_asset

  // The outline of the course tells the same in short: it must not lag behind.
  const told = useRef<string>(undefined)
  const summary = asset && `${asset.status} ${asset.playable}`
  useEffect(() => {
    if (summary && told.current !== undefined && told.current !== summary) {
      void refreshCourse(client, courseId, 'video-status')
    }
    told.current = summary
  }, [client, courseId, summary])

  const rerun = useMutation({
    mutationFn: async (step: VideoStep['name']) => {
      const { data } = await rerunVideo({
        path: { course_id: courseId, module_id: place.moduleId, content_id: contentId },
        body: { from_step: step },
      })
      return data
    },
    onSuccess: (view) => {
      client.setQueryData(videoStatusQuery(place).queryKey, { view, sameFor: 0 })
    },
  })

  return { status: query.data?.view, query, rerun }
}
