import { ArrowTopRightOnSquareIcon } from '@heroicons/react/20/solid'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { NewTabLinkButton } from '@/components/ui/button'
import { FileDrop } from '@/components/ui/file-drop'
import { describeError } from '@/lib/api/describe-error'
import { type Answer, updateContent, type uploadContentFile } from '@/lib/api/operations'
import { showToast } from '@/lib/toasts'
import { inTurn } from './in-turn'
import { type Content, keepContent } from './queries'
import { Sending } from './sending'
import { useFileUpload } from './use-file-upload'

type Uploaded = Answer<typeof uploadContentFile<true>>

/** What the server takes. Some systems know no type for office files, so their endings are named. */
const DOCUMENTS = '.pdf .docx .pptx .xlsx .odt .odp .ods .txt .png .jpg .jpeg .webp'.split(' ')
const MAX_BYTES = 100 * 1024 ** 2

interface DocumentDropProps {
  label: string
  /** What is wrong apart from the sending, in words. */
  error?: string | undefined
  onSent: (file: Uploaded) => void
  ref?: Ref<HTMLInputElement>
}

/** Chooses a document and sends it at once. */
export function DocumentDrop({ label, error, onSent, ref }: DocumentDropProps) {
  const { t } = useTranslation('courses')
  const { t: tCommon } = useTranslation()
  const upload = useFileUpload<Uploaded>('/api/uploads/content-file')
  const take = async ([file]: File[]) => {
    const sent = file && (await upload.send(file))
    if (sent) onSent(sent)
  }
  return (
    <div className="space-y-3">
      <FileDrop
        ref={ref}
        label={label}
        accept={DOCUMENTS}
        acceptLabel={t('content.fileTypes')}
        maxBytes={MAX_BYTES}
        error={error}
        onFiles={(files) => void take(files)}
      />
      {upload.sending && <Sending {...upload.sending} onCancel={upload.cancel} />}
      {upload.error != null && (
        <Notice tone="danger" role="alert">
          <strong>{t('content.fileFailed')}</strong> {describeError(upload.error, tCommon)}
        </Notice>
      )}
    </div>
  )
}

interface DocumentFieldProps {
  courseId: string
  moduleId: string
  content: Content
}

/** The file of a document that is there already, and another one for its place. */
export function DocumentField({ courseId, moduleId, content }: DocumentFieldProps) {
  const { t } = useTranslation('courses')
  const { t: tCommon } = useTranslation()
  const queries = useQueryClient()
  const replace = useMutation({
    mutationFn: (fileId: string) =>
      inTurn(courseId, async () => {
        const { data } = await updateContent({
          path: { course_id: courseId, module_id: moduleId, content_id: content.id },
          body: { file_id: fileId },
        })
        keepContent(queries, courseId, data)
      }),
    onSuccess: () => showToast(t('content.fileReplaced')),
  })
  return (
    <div className="space-y-3">
      {content.file_url !== null && (
        <NewTabLinkButton look="secondary" href={content.file_url}>
          {t('content.openFile')}
          <ArrowTopRightOnSquareIcon aria-hidden="true" className="size-4" />
        </NewTabLinkButton>
      )}
      <DocumentDrop
        label={t('content.replaceFile')}
        onSent={({ file_id: fileId }) => replace.mutate(fileId)}
      />
      {replace.isError && (
        <Notice tone="danger" role="alert">
          <strong>{t('content.fileFailed')}</strong> {describeError(replace.error, tCommon)}
        </Notice>
      )}
    </div>
  )
}
