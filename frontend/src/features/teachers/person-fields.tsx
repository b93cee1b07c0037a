import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useController, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { FormSelect, FormTextField } from '@/components/form/fields'
import { GroupsPicker } from '@/components/pickers/group-picker'
import { departmentsQuery, type Role, ROLES } from './queries'

interface IdentityFieldsProps {
  /** Below the address. */
  emailHint?: string
  /** The role cannot be changed here; says why. */
  roleFixed?: string | undefined
}

/** Names, address and role; two columns where there is room. */
export function IdentityFields({ emailHint, roleFixed }: IdentityFieldsProps) {
  const { t } = useTranslation('teachers')
  const role: Role = useWatch({ name: 'role' })
  return (
    <>
      <FormTextField name="first_name" label={t('field.first_name')} autoComplete="off" />
      <FormTextField name="last_name" label={t('field.last_name')} autoComplete="off" />
      <FormTextField
        name="email"
        type="email"
        label={t('field.email')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        {...(emailHint === undefined ? {} : { hint: emailHint })}
        className="sm:col-span-2"
      />
      <FormSelect
        name="role"
        label={t('field.role')}
        hint={roleFixed ?? t(`roleHint.${role}` as 'roleHint.TEACHER')}
        options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
        disabled={roleFixed !== undefined}
        className="sm:col-span-2"
      />
    </>
  )
}

/** A department, with those that there are as proposals: two spellings would be two departments. */
export function DepartmentField({ className }: { className?: string }) {
  const { t } = useTranslation('teachers')
  const listId = useId()
  const { data: departments = [] } = useQuery(departmentsQuery)
  return (
    <>
      <FormTextField
        name="department"
        label={t('field.department')}
        list={listId}
        autoComplete="off"
        optional
        {...(className === undefined ? {} : { className })}
      />
      <datalist id={listId}>
        {departments.map((department) => (
          <option key={department} value={department}>
            {department}
          </option>
        ))}
      </datalist>
    </>
  )
}

/** The groups somebody is in. */
export function GroupsField() {
  const { t } = useTranslation('teachers')
  const { field, fieldState } = useController<{ group_ids: string[] }, 'group_ids'>({
    name: 'group_ids',
  })
  return (
    <GroupsPicker
      label={t('field.groups')}
      value={field.value}
      onChange={field.onChange}
      error={fieldState.error?.message}
      className="sm:col-span-2"
    />
  )
}
