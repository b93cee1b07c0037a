import { AdjustmentsHorizontalIcon, XMarkIcon } from '@heroicons/react/20/solid'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIsNarrow } from '@/lib/use-media-query'
import { Button } from '../ui/button'
import { SearchField } from '../ui/search-field'

interface ToolbarProps {
  /** What `useUrlTableState` returned. */
  table: {
    search: string
    setSearch: (search: string) => void
    hasFilters: boolean
    clear: () => void
  }
  /** What is searched through: "Search by name or email". Without it there is no search. */
  searchLabel?: string
  /** The filters: Selects and the like. */
  children?: ReactNode
  /** What can be done with the list as a whole, at the end: export, switch of the look. */
  actions?: ReactNode
}

/** Above a list: what of it is shown. On a phone filters open with a click, lest the list begin below the screen. */
export function Toolbar({ table, searchLabel, children, actions }: ToolbarProps) {
  const { t } = useTranslation('frame')
  const isNarrow = useIsNarrow()
  const [isOpen, setOpen] = useState(table.hasFilters)
  return (
    <div className="mb-4 flex flex-wrap items-end gap-3 *:max-sm:w-full">
      {searchLabel !== undefined && (
        <SearchField
          label={searchLabel}
          value={table.search}
          onChange={table.setSearch}
          className="min-w-56 flex-1 sm:max-w-sm"
        />
      )}
      {isNarrow && children && (
        <Button look="secondary" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <AdjustmentsHorizontalIcon aria-hidden="true" className="size-5" />
          {t('table.filters')}
        </Button>
      )}
      {(isOpen || !isNarrow) && children}
      {table.hasFilters && (
        <Button look="quiet" onClick={table.clear}>
          <XMarkIcon aria-hidden="true" className="size-5" />
          {t('table.clearFilters')}
        </Button>
      )}
      {actions && <div className="flex flex-wrap gap-3 sm:ml-auto">{actions}</div>}
    </div>
  )
}
