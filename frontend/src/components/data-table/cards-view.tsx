import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import { SortSelect } from './column-sort'
import { RowCheckbox } from './row-checkbox'
import { RowMenu } from './row-menu'
import type { RowsProps } from './row-view'

/** A list as cards, for a phone: every value with its label, nothing to scroll sideways. */
export function CardsView<Row>({
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
  const title = columns.find(({ isRowHeader }) => isRowHeader) ?? columns[0]
  const facts = columns.filter((column) => column !== title)
  return (
    <div className="space-y-4">
      {sort && <SortSelect columns={columns} sort={sort} />}
      {selection && (
        <div className="flex items-center gap-3 px-4">
          <RowCheckbox
            label={t('table.selectAll')}
            checked={selection.all}
            mixed={selection.some}
            onChange={({ target }) => selection.toggleAll(target.checked)}
          />
          <span aria-hidden="true">{t('table.selectAll')}</span>
        </div>
      )}
      <ul aria-label={label} className="space-y-3">
        {rows.map((row) => {
          const key = rowKey(row)
          const chosen = selection?.isSelected(key) ?? false
          return (
            <li
              key={key}
              className={clsx(
                'rounded-card border p-4',
                chosen ? 'border-brand-strong bg-brand-soft' : 'border-line bg-surface',
              )}
            >
              <div className="flex items-center gap-3">
                {selection?.isSelectable(row) && (
                  <RowCheckbox
                    label={t('table.selectRow', { name: nameOf(row) })}
                    checked={chosen}
                    onChange={(event) => selection.toggle(key, event)}
                  />
                )}
                <div className="min-w-0 flex-1 font-semibold">{title?.cell(row)}</div>
                {rowActions && (
                  <div className="-my-2 -mr-2">
                    <RowMenu name={nameOf(row)} actions={rowActions(row)} />
                  </div>
                )}
              </div>
              <dl className="mt-2 space-y-1.5">
                {facts.map(({ id, header, cell }) => (
                  <div key={id} className="flex flex-wrap justify-between gap-x-4">
                    <dt className="text-ink-soft">{header}</dt>
                    <dd className="min-w-0 text-right">{cell(row)}</dd>
                  </div>
                ))}
              </dl>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
