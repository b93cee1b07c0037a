import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { deleteGroup } from '@/lib/api/operations'
import { showToast } from '@/lib/toasts'
import { type Group, refreshGroups } from './queries'

interface DeleteGroupDialogProps {
  group: Group
  onClose: () => void
  /** For the page of the group, which is there no more. */
  onDeleted?: () => void
}

/** Says what is lost, and deletes the group. */
export function DeleteGroupDialog({ group, onClose, onDeleted }: DeleteGroupDialogProps) {
  const { t } = useTranslation('groups')
  const queries = useQueryClient()
  const remove = useMutation({
    mutationFn: () => deleteGroup({ path: { group_id: group.id } }),
    onSuccess: () => {
      showToast(t('deleteDialog.done', { name: group.name }))
      if (onDeleted) onDeleted()
      else onClose()
      void refreshGroups(queries)
    },
  })
  const { member_count: members } = group
  return (
    <ConfirmDialog
      title={t('deleteDialog.title', { name: group.name })}
      body={
        <>
          <p className="font-semibold text-ink">
            {members === 0
              ? t('deleteDialog.nobody')
              : t('deleteDialog.members', { count: members })}
          </p>
          <p className="mt-1">{t('deleteDialog.text')}</p>
        </>
      }
      confirmLabel={t('deleteDialog.confirm')}
      tone="danger"
      onConfirm={() => remove.mutate()}
      onClose={onClose}
      pending={remove.isPending}
      error={remove.error}
    />
  )
}
