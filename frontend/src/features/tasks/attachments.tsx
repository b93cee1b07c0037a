import { PaperClipIcon, XMarkIcon } from '@heroicons/react/20/solid'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FileDrop } from '@/components/ui/file-drop'
import { Spinner } from '@/components/ui/spinner'
import { describeError } from '@/lib/api/describe-error'
import { uploadSubmissionFile } from '@/lib/api/operations'
import { formatBytes } from '@/lib/format'
import type { Draft } from './local-draft'

type Attachment = Draft['files'][number]

/** What the API takes with a submission (its own rules, checked there by what is in the file). */
const ACCEPT = '.pdf .docx .pptx .xlsx .odt .odp .ods .txt .png .jpg .jpeg .webp'.split(' ')
const MAX_BYTES = 25 * 1024 ** 2
export const MAX_FILES = 10

interface AttachmentsProps {
  files: readonly Attachment[]
  onAdd: (file: Attachment) => void
  onRemove: (fileId: string) => void
  /** Tells whether something is still on its way. */
  onBusy: (busy: boolean) => void
}

export function Attachments({ files, onAdd, onRemove, onBusy }: AttachmentsProps) {
  const { t } = useTranslation('tasks')
  const { t: tCommon } = useTranslation()
  const [sending, setSending] = useState<string[]>([])
  const [problem, setProblem] = useState<string>()

  const send = async (chosen: File[]) => {
    setProblem(undefined)
    const room = MAX_FILES - files.length
    if (chosen.length > room) setProblem(t('files.tooMany', { count: MAX_FILES }))
    const accepted = chosen.slice(0, Math.max(0, room))
    if (accepted.length === 0) return
    setSending(accepted.map(({ name }) => name))
    onBusy(true)
    await Promise.all(
      accepted.map(async (file) => {
        try {
          const { data } = await uploadSubmissionFile({ body: { file } })
          onAdd({ file_id: data.file_id, file_name: data.file_name, size_bytes: data.size_bytes })
        } catch (error) {
          setProblem(`${t('files.failed', { name: file.name })} ${describeError(error, tCommon)}`)
        } finally {
          setSending((names) => names.filter((name) => name !== file.name))
        }
      }),
    )
    onBusy(false)
  }

  return (
    <div>
      <FileDrop
        label={t('files.label')}
        optional
        multiple
        accept={ACCEPT}
        acceptLabel={t('files.types')}
        maxBytes={MAX_BYTES}
        error={problem}
        onFiles={(chosen) => void send(chosen)}
      />
      {(files.length > 0 || sending.length > 0) && (
        <ul aria-label={t('files.list')} className="mt-3 space-y-2">
          {files.map(({ file_id: id, file_name: name, size_bytes: size }) => (
            <li
              key={id}
              className="flex items-center gap-2 rounded-lg border border-line bg-page py-1 pr-1 pl-3"
            >
              <PaperClipIcon aria-hidden="true" className="size-5 shrink-0 text-ink-soft" />
              <span className="min-w-0 flex-1 break-all">{name}</span>
              <span className="text-sm whitespace-nowrap text-ink-soft">{formatBytes(size)}</span>
              <button
                type="button"
                aria-label={t('files.remove', { name })}
                onClick={() => onRemove(id)}
                className="flex size-11 shrink-0 items-center justify-center rounded-lg hover:bg-line"
              >
                <XMarkIcon aria-hidden="true" className="size-5" />
              </button>
            </li>
          ))}
          {sending.map((name) => (
            <li
              key={name}
              className="flex min-h-13 items-center gap-2 rounded-lg border border-line px-3 text-ink-soft"
            >
              <Spinner className="size-5" />
              <span className="min-w-0 flex-1 break-all">{t('files.sending', { name })}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
