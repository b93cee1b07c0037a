import { clsx } from 'clsx'
import type { ComponentType, ReactNode, SVGProps } from 'react'
import { Button } from 'react-aria-components/Button'
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'

export interface MenuAction {
  id: string
  label: string
  icon: ComponentType<SVGProps<SVGSVGElement>>
  /** For what takes something away. */
  tone?: 'danger'
  onAction: () => void
}

interface MenuProps {
  /** Spoken name of the list. */
  label: string
  /** What is on the button; its words are the button's name. */
  trigger: ReactNode
  items: readonly MenuAction[]
}

export function Menu({ label, trigger, items }: MenuProps) {
  return (
    <MenuTrigger>
      <Button className="flex min-h-11 min-w-11 cursor-pointer items-center justify-center gap-2 rounded-lg px-2 font-medium hover:bg-page">
        {trigger}
      </Button>
      <Popover
        placement="bottom end"
        className="min-w-56 rounded-xl border border-line bg-surface p-1.5 shadow-lg data-[entering]:animate-fade-in"
      >
        <AriaMenu aria-label={label} className="outline-none focus-visible:shadow-none">
          {items.map(({ id, label: text, icon: Icon, tone, onAction }) => (
            <MenuItem
              key={id}
              id={id}
              onAction={onAction}
              className={clsx(
                'flex min-h-11 cursor-pointer items-center gap-3 rounded-lg px-3',
                tone === 'danger'
                  ? 'text-danger data-[focused]:bg-danger-soft'
                  : 'data-[focused]:bg-brand-soft',
              )}
            >
              <Icon
                aria-hidden="true"
                className={clsx('size-5 shrink-0', tone !== 'danger' && 'text-ink-soft')}
              />
              {text}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}
