import { MagnifyingGlassIcon } from '@heroicons/react/24/outline'
import type { ReactNode } from 'react'
import { EmptyState } from '../feedback/empty-state'
import { Button } from '../ui/button'

interface NothingFoundProps {
  title: string
  clearLabel: string
  /** Takes search and filters away. */
  onClear: () => void
  children: ReactNode
}

/** In place of rows when search and filters leave none: the way back to all of them. */
export function NothingFound({ title, clearLabel, onClear, children }: NothingFoundProps) {
  return (
    <EmptyState
      icon={MagnifyingGlassIcon}
      title={title}
      action={
        <Button look="secondary" onClick={onClear}>
          {clearLabel}
        </Button>
      }
    >
      {children}
    </EmptyState>
  )
}
