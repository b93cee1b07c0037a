import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PeoplePicker } from '@/components/pickers/people-picker'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { addGroupMembers } from '@/lib/api/operations'
import { showToast } from '@/lib/toasts'
import { type Group, groupQuery, refreshGroups } from './queries'

/** Puts people into the group; who is in it already stays in it. */
export function AddMembersDialog({ group, onClose }: { group: Group; onClose: () => void }) {
  const { t } = useTranslation('groups')
  const queries = useQueryClient()
  const [ids, setIds] = useState<string[]>([])
  const [missing, setMissing] = useState(false)
  const add = useMutation({
    mutationFn: async () =>
      (await addGroupMembers({ path: { group_id: group.id }, body: { teacher_ids: ids } })).data,
    onSuccess: (changed) => {
      queries.setQueryData(groupQuery(group.id).queryKey, changed)
      void refreshGroups(queries)
      showToast(t('addDialog.done', { count: ids.length }))
      onClose()
    },
  })
  return (
    <ConfirmDialog
      title={t('addDialog.title', { name: group.name })}
      body={t('addDialog.text')}
      confirmLabel={t('addDialog.confirm')}
      onConfirm={() => {
        setMissing(ids.length === 0)
        if (ids.length > 0) add.mutate()
      }}
      onClose={onClose}
      pending={add.isPending}
      error={add.error}
    >
      <PeoplePicker
        label={t('addDialog.people')}
        value={ids}
        onChange={(chosen) => {
          setIds(chosen)
          setMissing(false)
        }}
        error={missing ? t('addDialog.missing') : undefined}
      />
    </ConfirmDialog>
  )
}
