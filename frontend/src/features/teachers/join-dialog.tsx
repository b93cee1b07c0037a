import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GroupPicker } from '@/components/pickers/group-picker'
import { fullName } from '@/components/person-name'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { addGroupMembers } from '@/lib/api/operations'
import { showToast } from '@/lib/toasts'
import { refreshPeople, type Teacher } from './queries'

interface JoinDialogProps {
  people: readonly Teacher[]
  onClose: () => void
  onDone?: () => void
}

/** Puts people into a group. */
export function JoinDialog({ people, onClose, onDone }: JoinDialogProps) {
  const { t } = useTranslation('teachers')
  const queries = useQueryClient()
  const [group, setGroup] = useState<string | null>(null)
  const [missing, setMissing] = useState(false)
  const join = useMutation({
    mutationFn: (groupId: string) =>
      addGroupMembers({
        path: { group_id: groupId },
        body: { teacher_ids: people.map(({ id }) => id) },
      }),
    onSuccess: () => {
      void refreshPeople(queries)
      showToast(t('join.done', { count: people.length }))
      onDone?.()
      onClose()
    },
  })
  const [first] = people
  return (
    <ConfirmDialog
      title={t('join.title', { count: people.length, name: first ? fullName(first) : '' })}
      body={t('join.text')}
      confirmLabel={t('join.confirm')}
      onConfirm={() => {
        setMissing(group === null)
        if (group !== null) join.mutate(group)
      }}
      onClose={onClose}
      pending={join.isPending}
      error={join.error}
    >
      <GroupPicker
        label={t('join.group')}
        value={group}
        onChange={(id) => {
          setGroup(id)
          setMissing(false)
        }}
        error={missing ? t('join.missing') : undefined}
      />
    </ConfirmDialog>
  )
}
