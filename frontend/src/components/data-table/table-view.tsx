import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import { directionOf } from './column'
import { SortButton } from './column-sort'
import { RowCheckbox } from './row-checkbox'
import { RowMenu } from './row-menu'
import type { RowsProps } from './row-view'

/** A list as a table, where there is room for columns. */
export function TableView<Row>({
  label,
  columns,
  rows,
  rowKey,
  nameOf,
  sort,
  selection,
  rowActions,
}: RowsProps<Row>) {
  const { t } = useTranslation('frame')
  return (
    <div className="relative overflow-x-auto rounded-card border border-line bg-surface">
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">{label}</caption>
        <thead className="border-b border-line bg-page text-sm">
          <tr>
            {selection && (
              <th scope="col" className="w-11 py-2 pl-4">
                <span className="sr-only">{t('table.selection')}</span>
                <RowCheckbox
                  label={t('table.selectAll')}
                  checked={selection.all}
                  mixed={selection.some}
                  onChange={({ target }) => selection.toggleAll(target.checked)}
                />
              </th>
            )}
            {columns.map(({ id, header, sortKey, align, wideOnly }) => (
              <th
                key={id}
                scope="col"
                aria-sort={
                  sort && sortKey !== undefined ? (directionOf(sortKey, sort) ?? 'none') : undefined
                }
                className={clsx(
                  'px-4 py-2 font-semibold',
                  align === 'end' && 'text-right',
                  wideOnly && 'max-lg:hidden',
                )}
              >
                {sort && sortKey !== undefined ? (
                  <SortButton header={header} sortKey={sortKey} sort={sort} />
                ) : (
                  header
                )}
              </th>
            ))}
            {rowActions && (
              <th scope="col" className="w-14">
                <span className="sr-only">{t('table.actions')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => {
            const key = rowKey(row)
            const chosen = selection?.isSelected(key) ?? false
            return (
              <tr key={key} className={chosen ? 'bg-brand-soft' : 'hover:bg-page/60'}>
                {selection && (
                  <td className="py-2 pl-4">
                    {selection.isSelectable(row) && (
                      <RowCheckbox
                        label={t('table.selectRow', { name: nameOf(row) })}
                        checked={chosen}
                        onChange={(event) => selection.toggle(key, event)}
                      />
                    )}
                  </td>
                )}
                {columns.map(({ id, cell, align, isRowHeader, wideOnly }) => {
                  const Cell = isRowHeader ? 'th' : 'td'
                  return (
                    <Cell
                      key={id}
                      scope={isRowHeader ? 'row' : undefined}
                      className={clsx(
                        'px-4 py-3',
                        isRowHeader ? 'font-semibold' : 'font-normal',
                        align === 'end' && 'text-right tabular-nums',
                        wideOnly && 'max-lg:hidden',
                      )}
                    >
                      {cell(row)}
                    </Cell>
                  )
                })}
                {rowActions && (
                  <td className="py-1 pr-2 text-right">
                    <RowMenu name={nameOf(row)} actions={rowActions(row)} />
                  </td>
                )}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
