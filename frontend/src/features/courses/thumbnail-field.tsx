import { useTranslation } from 'react-i18next'
import { CourseThumbnail } from '@/components/course-thumbnail'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { FileDrop } from '@/components/ui/file-drop'
import { describeError } from '@/lib/api/describe-error'
import type { Answer, uploadCourseThumbnail } from '@/lib/api/operations'
import { showToast } from '@/lib/toasts'
import type { Course } from './queries'
import { Sending } from './sending'
import { useFileUpload } from './use-file-upload'
import { useUpdateCourse } from './writes'

const PICTURES = ['image/png', 'image/jpeg', 'image/webp'] as const
const MAX_BYTES = 5 * 1024 ** 2

/** The course's picture, kept as soon as it is chosen. */
export function ThumbnailField({ course }: { course: Course }) {
  const { t } = useTranslation('courses')
  const { t: tCommon } = useTranslation()
  const upload = useFileUpload<Answer<typeof uploadCourseThumbnail<true>>>(
    '/api/uploads/course-thumbnail',
  )
  const update = useUpdateCourse(course.id)
  const failure = upload.error ?? update.error

  const keep = async (thumbnail: string | null, said: string) => {
    try {
      // Nothing but the picture changes: what others edit meanwhile stays theirs.
      await update.mutateAsync({ changes: { thumbnail }, version: null })
      showToast(said)
    } catch {
      // It stands below the picture.
    }
  }
  const take = async ([file]: File[]) => {
    const sent = file && (await upload.send(file))
    if (sent) await keep(sent.file_id, t('details.pictureSaved'))
  }
  return (
    <div className="grid items-start gap-5 sm:grid-cols-[14rem_minmax(0,1fr)]">
      <div>
        <div className="overflow-hidden rounded-lg border border-line">
          <CourseThumbnail title={course.title} url={course.thumbnail_url} />
        </div>
        {course.thumbnail_url !== null && (
          <Button
            look="quiet"
            className="mt-1 -ml-4"
            pending={update.isPending}
            onClick={() => void keep(null, t('details.pictureRemoved'))}
          >
            {t('details.pictureRemove')}
          </Button>
        )}
      </div>
      <div className="space-y-3">
        <FileDrop
          label={t('details.picture')}
          hint={t('details.pictureHint')}
          optional
          accept={PICTURES}
          acceptLabel={t('details.pictureTypes')}
          maxBytes={MAX_BYTES}
          onFiles={(files) => void take(files)}
        />
        {upload.sending && <Sending {...upload.sending} onCancel={upload.cancel} />}
        {failure != null && (
          <Notice tone="danger" role="alert">
            <strong>{t('details.pictureFailed')}</strong> {describeError(failure, tCommon)}
          </Notice>
        )}
      </div>
    </div>
  )
}
