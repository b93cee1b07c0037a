import { EllipsisVerticalIcon } from '@heroicons/react/20/solid'
import { useTranslation } from 'react-i18next'
import { Menu, type MenuAction } from '../ui/menu'

/** What can be done with one row, behind a button that names it. */
export function RowMenu({ name, actions }: { name: string; actions: readonly MenuAction[] }) {
  const { t } = useTranslation('frame')
  if (actions.length === 0) return null
  const label = t('table.actionsFor', { name })
  return (
    <Menu
      label={label}
      trigger={
        <>
          <span className="sr-only">{label}</span>
          <EllipsisVerticalIcon aria-hidden="true" className="size-6 text-ink-soft" />
        </>
      }
      items={actions}
    />
  )
}
