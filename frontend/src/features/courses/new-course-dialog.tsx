import { type FormEvent, useRef, useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { TextField } from '@/components/ui/text-field'
import { paths } from '@/config/paths'
import { describeError } from '@/lib/api/describe-error'
import { createCourse } from '@/lib/api/operations'
import { isApiError } from '@/lib/api/problem'
import { MAX_TITLE } from './limits'
import { keepCourse } from './queries'

/** Asks for a title only: everything else has its place in the editor. */
export function NewCourseDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('courses')
  const { t: tCommon } = useTranslation()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [title, setTitle] = useState('')
  const [problem, setProblem] = useState<string>()
  const create = useMutation({
    mutationFn: async () =>
      // Sent twice it makes one course: titles are unique.
      (await createCourse({ body: { title: title.trim() } })).data,
    onSuccess: (course) => {
      keepCourse(queries, course)
      void navigate(paths.course(course.id))
    },
    onError: (error) => {
      if (isApiError(error, 'course_title_taken')) setProblem(t('details.titleTaken'))
      input.current?.focus()
    },
  })

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (create.isPending) return
    const missing = title.trim() === ''
    setProblem(missing ? t('new.missing') : undefined)
    if (missing) input.current?.focus()
    else create.mutate()
  }
  return (
    <Dialog title={t('new.title')} onClose={onClose}>
      <p className="mt-1 text-ink-soft">{t('new.text')}</p>
      <form onSubmit={submit} noValidate className="mt-4 space-y-4">
        {create.isError && problem === undefined && (
          <Notice tone="danger" role="alert">
            <strong>{t('new.failed')}</strong> {describeError(create.error, tCommon)}
          </Notice>
        )}
        <TextField
          ref={input}
          label={t('new.field')}
          hint={t('new.hint')}
          value={title}
          maxLength={MAX_TITLE}
          autoComplete="off"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog is this field
          autoFocus
          error={problem}
          onChange={(event) => {
            setTitle(event.target.value)
            setProblem(undefined)
          }}
        />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" pending={create.isPending}>
            {t('new.create')}
          </Button>
          <Button look="secondary" onClick={onClose}>
            {tCommon('action.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
