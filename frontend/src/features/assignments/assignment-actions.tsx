import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { paths } from '@/config/paths'
import { describeError } from '@/lib/api/describe-error'
import { deleteAssignment, updateAssignment } from '@/lib/api/operations'
import { isApiError } from '@/lib/api/problem'
import { showToast } from '@/lib/toasts'
import { type Assignment, keepAssignment, refreshLists } from './queries'

export function AssignmentActions({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation('assignments')
  const { t: tCommon } = useTranslation()
  const [isDeleting, setDeleting] = useState(false)
  const client = useQueryClient()
  const publish = useMutation({
    mutationFn: async (is_published: boolean) =>
      (await updateAssignment({ path: { assignment_id: assignment.id }, body: { is_published } }))
        .data,
    onSuccess: async (data) => {
      await keepAssignment(client, data)
      showToast(data.is_published ? t('page.published') : t('page.unpublished'))
    },
  })
  return (
    <div className="flex flex-wrap gap-3">
      <Button
        look={assignment.is_published ? 'secondary' : 'primary'}
        pending={publish.isPending}
        onClick={() => publish.mutate(!assignment.is_published)}
      >
        {assignment.is_published ? t('page.unpublish') : t('page.publish')}
      </Button>
      <Button look="secondary" className="text-danger!" onClick={() => setDeleting(true)}>
        {t('page.delete')}
      </Button>
      {publish.error && (
        <Notice tone="danger" role="alert" className="w-full">
          {isApiError(publish.error, 'quiz_empty')
            ? t('quiz.empty')
            : describeError(publish.error, tCommon)}
        </Notice>
      )}
      {isDeleting && <DeleteDialog assignment={assignment} onClose={() => setDeleting(false)} />}
    </div>
  )
}

function DeleteDialog({ assignment, onClose }: { assignment: Assignment; onClose: () => void }) {
  const { t } = useTranslation('assignments')
  const client = useQueryClient()
  const navigate = useNavigate()
  const remove = useMutation({
    mutationFn: () => deleteAssignment({ path: { assignment_id: assignment.id } }),
    onSuccess: async () => {
      showToast(t('delete.done'))
      await navigate(paths.assignments)
      await refreshLists(client)
    },
  })
  return (
    <ConfirmDialog
      title={t('delete.title', { title: assignment.title })}
      body={t('delete.body')}
      confirmLabel={t('delete.confirm')}
      tone="danger"
      // What people handed in cannot be had again.
      {...(assignment.submission_count > 0 && { typeToConfirm: assignment.title })}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    />
  )
}
