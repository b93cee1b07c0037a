import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import * as z from 'zod/mini'
import { FormSelect, FormTextField } from '@/components/form/fields'
import { Form } from '@/components/form/form'
import { SubmitButton } from '@/components/form/submit-button'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { paths } from '@/config/paths'
import { createGroup, updateGroup } from '@/lib/api/operations'
import { isApiError } from '@/lib/api/problem'
import { showToast } from '@/lib/toasts'
import { type Group, groupQuery, KINDS, refreshGroups } from './queries'

const MOST_NAME = 200

const makeSchema = (t: TFunction<'groups'>) =>
  z.object({
    name: z
      .string()
      .check(
        z.trim(),
        z.minLength(1, t('form.nameMissing')),
        z.maxLength(MOST_NAME, t('form.nameLong', { most: MOST_NAME })),
      ),
    kind: z.enum(KINDS),
  })
type Values = z.infer<ReturnType<typeof makeSchema>>

/** Makes a group, and goes there; or changes one. */
export function GroupDialog({ group, onClose }: { group?: Group; onClose: () => void }) {
  const { t } = useTranslation('groups')
  const { t: tCommon } = useTranslation()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const schema = useMemo(() => makeSchema(t), [t])
  const form = useForm<Values>({
    resolver: zodResolver(schema),
    mode: 'onTouched',
    shouldFocusError: false,
    defaultValues: { name: group?.name ?? '', kind: group?.kind ?? 'SUBJECT' },
  })
  const kind = useWatch({ control: form.control, name: 'kind' })

  const send = async (values: Values): Promise<Group | null> => {
    try {
      const { data } = await (group
        ? updateGroup({ path: { group_id: group.id }, body: values })
        : createGroup({ body: values }))
      return data
    } catch (error) {
      if (!isApiError(error, 'group_name_taken')) throw error
      const message = t('form.nameTaken')
      form.setError('name', { type: 'taken', message }, { shouldFocus: true })
      return null
    }
  }
  const submit = async (values: Values) => {
    const saved = await send(values)
    if (saved === null) return
    queries.setQueryData(groupQuery(saved.id).queryKey, saved)
    void refreshGroups(queries)
    showToast(group ? t('form.saved') : t('form.created', { name: saved.name }))
    onClose()
    if (!group) void navigate(paths.group(saved.id))
  }
  return (
    <Dialog
      title={group ? t('form.editTitle', { name: group.name }) : t('form.newTitle')}
      onClose={onClose}
    >
      <Form form={form} onSubmit={submit} className="mt-4 space-y-5">
        <FormTextField<Values> name="name" label={t('form.name')} autoComplete="off" />
        <FormSelect<Values>
          name="kind"
          label={t('form.kind')}
          hint={t(`kindHint.${kind}`)}
          options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        <div className="flex flex-wrap gap-3">
          <SubmitButton>{group ? tCommon('action.save') : t('form.create')}</SubmitButton>
          <Button look="secondary" onClick={onClose}>
            {tCommon('action.cancel')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
