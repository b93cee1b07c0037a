import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { deleteContent } from '@/lib/api/operations'
import { showToast } from '@/lib/toasts'
import { refreshCourse, type VideoPlace, videoStatusQuery } from './queries'

interface DeleteVideoDialogProps {
  place: VideoPlace
  title: string
  onClose: () => void
}

export function DeleteVideoDialog({ place, title, onClose }: DeleteVideoDialogProps) {
  const { t } = useTranslation('uploads')
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () =>
      deleteContent({
        path: {
          course_id: place.courseId,
          module_id: place.moduleId,
          content_id: place.contentId,
        },
      }),
    onSuccess: async () => {
      showToast(t('remove.done'))
      onClose()
      // Its own state is not asked for any more: there is none.
      await refreshCourse(client, place.courseId, 'video-status')
      client.removeQueries({ queryKey: videoStatusQuery(place).queryKey })
    },
  })
  return (
    <ConfirmDialog
      title={t('remove.title', { title })}
      body={t('remove.body')}
      confirmLabel={t('remove.confirm')}
      tone="danger"
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    />
  )
}
