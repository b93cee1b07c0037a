import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { TextArea } from '@/components/ui/text-area'
import { submitAssignment } from '@/lib/api/operations'
import { countWords, formatClock } from '@/lib/format'
import { showToast } from '@/lib/toasts'
import { Attachments } from './attachments'
import { type TaskDetail, taskQuery } from './queries'
import { useDraft } from './use-draft'
import { LEARNER_KEY } from '@/lib/learner-key'

/** As the API has it. */
const MAX_TEXT = 50_000

/** Writes the answer, or writes it anew as long as nobody has graded it. */
export function SubmissionForm({ task }: { task: TaskDetail }) {
  const { t } = useTranslation('tasks')
  const queries = useQueryClient()
  const text = useRef<HTMLTextAreaElement>(null)
  const { draft, change, keptAt, isLost, isChanged, settle } = useDraft(task)
  const isAgain = task.submitted_at !== null
  // What was handed in stands above; changing it is a step of its own.
  const [isOpen, setOpen] = useState(!isAgain || isChanged)
  const [isAsking, setAsking] = useState(false)
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<string>()
  const words = countWords(draft.text)

  const submit = useMutation({
    mutationFn: async () =>
      (
        await submitAssignment({
          path: { assignment_id: task.id },
          body: {
            submission_text: draft.text,
            file_ids: draft.files.map((file) => file.file_id),
          },
        })
      ).data,
    onSuccess: async (done) => {
      settle(done)
      setAsking(false)
      setOpen(false)
      queries.setQueryData(taskQuery(task.id).queryKey, done)
      showToast(t('submit.done'))
      await queries.invalidateQueries({ queryKey: LEARNER_KEY })
    },
  })

  const ask = (event: FormEvent) => {
    event.preventDefault()
    const wrong = whatIsWrong()
    setProblem(wrong)
    if (wrong) text.current?.focus()
    else {
      submit.reset()
      setAsking(true)
    }
  }
  const whatIsWrong = () => {
    if (isSending) return t('submit.stillSending')
    if (draft.text.length > MAX_TEXT) return t('submit.tooLong')
    return draft.text.trim() || draft.files.length > 0 ? undefined : t('submit.empty')
  }

  if (!isOpen) {
    return (
      <Button look="secondary" className="mt-5" onClick={() => setOpen(true)}>
        {t('submit.change')}
      </Button>
    )
  }
  return (
    <Card className="mt-5" title={isAgain ? t('submit.again') : t('submit.title')}>
      <form onSubmit={ask} noValidate className="space-y-5">
        {isAgain && <Notice tone="info">{t('submit.replaces')}</Notice>}
        {task.is_late && !isAgain && <Notice tone="info">{t('submit.late')}</Notice>}
        <div>
          <TextArea
            ref={text}
            label={t('submit.text')}
            rows={10}
            value={draft.text}
            error={problem}
            onChange={(event) => {
              const { value } = event.target
              setProblem(undefined)
              change((old) => ({ ...old, text: value }))
            }}
          />
          <p className="mt-1.5 flex flex-wrap justify-between gap-x-4 text-sm text-ink-soft">
            <span>{t('submit.words', { count: words })}</span>
            <span role="status">
              {isLost
                ? t('draft.lost')
                : keptAt
                  ? t('draft.kept', { time: formatClock(keptAt) })
                  : ''}
            </span>
          </p>
        </div>
        <Attachments
          files={draft.files}
          onAdd={(file) => change((old) => ({ ...old, files: [...old.files, file] }))}
          onRemove={(id) =>
            change((old) => ({ ...old, files: old.files.filter((file) => file.file_id !== id) }))
          }
          onBusy={setSending}
        />
        <div className="flex flex-wrap gap-3">
          <Button type="submit">{isAgain ? t('submit.goAgain') : t('submit.go')}</Button>
          {isAgain && (
            <Button
              look="secondary"
              onClick={() => {
                settle(task)
                setOpen(false)
              }}
            >
              {t('submit.keepOld')}
            </Button>
          )}
        </div>
      </form>
      {isAsking && (
        <ConfirmDialog
          title={t('submit.confirm')}
          body={
            <p>
              {t('submit.confirmText', { count: words })}{' '}
              {draft.files.length > 0 && t('submit.confirmFiles', { count: draft.files.length })}
            </p>
          }
          confirmLabel={t('submit.go')}
          onConfirm={() => submit.mutate()}
          onClose={() => setAsking(false)}
          pending={submit.isPending}
          error={submit.error}
        />
      )}
    </Card>
  )
}
