import { TrashIcon } from '@heroicons/react/24/outline'
import { screen, within } from '@testing-library/react'
import { type ComponentProps, useState } from 'react'
import { expect, it, vi } from 'vitest'
import { ApiError } from '@/lib/api/problem'
import { useUrlTableState } from '@/lib/use-url-table-state'
import { faults } from '@/testing/axe'
import { renderPart } from '@/testing/render-part'
import { Select } from '../ui/select'
import { BulkBar } from './bulk-bar'
import type { Column } from './column'
import { DataTable } from './data-table'
import { Toolbar } from './toolbar'

interface School {
  id: string
  name: string
  teachers: number
}

const SCHOOLS: School[] = ['Ash', 'Birch', 'Cedar', 'Elm'].map((name, index) => ({
  id: `s${index}`,
  name,
  teachers: index * 1000,
}))

const columns: Column<School>[] = [
  { id: 'name', header: 'Name', cell: ({ name }) => name, sortKey: 'name', isRowHeader: true },
  { id: 'teachers', header: 'Teachers', cell: ({ teachers }) => teachers, align: 'end' },
]

const remove = vi.fn<(name: string) => void>()

function Schools(over: Partial<ComponentProps<typeof DataTable<School>>>) {
  const table = useUrlTableState({
    filters: { plan: ['FREE', 'PRO'], is_active: 'boolean' },
    orderings: ['name', 'created_at'],
  })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  return (
    <>
      <Toolbar table={table} searchLabel="Search by name">
        <Select
          label="Plan"
          options={[
            { value: '', label: 'All plans' },
            { value: 'FREE', label: 'Free' },
            { value: 'PRO', label: 'Professional' },
          ]}
          value={table.filters.plan}
          onChange={(plan) => table.setFilter('plan', plan)}
        />
      </Toolbar>
      <DataTable
        label="Schools"
        columns={columns}
        rows={SCHOOLS}
        rowKey={({ id }) => id}
        rowLabel={({ name }) => name}
        isPending={false}
        empty={<p>No schools yet</p>}
        sort={table}
        selection={{ selected, onChange: setSelected, isSelectable: ({ name }) => name !== 'Elm' }}
        rowActions={({ name }) => [
          { id: 'remove', label: 'Remove', icon: TrashIcon, onAction: () => remove(name) },
        ]}
        pagination={{ ...table, count: 45 }}
        {...over}
      />
      <BulkBar count={selected.size} onClear={() => setSelected(new Set())}>
        <button type="button">Suspend</button>
      </BulkBar>
      <button type="button" onClick={() => table.setFilters({ plan: 'FREE', is_active: 'true' })}>
        Free and active
      </button>
      <output>{JSON.stringify(table.query)}</output>
    </>
  )
}

const box = (name: string) => screen.getByRole<HTMLInputElement>('checkbox', { name })
const query = () => JSON.parse(screen.getByText(/^\{"page/).textContent ?? '') as unknown
const search = ({ state }: { state: { location: { search: string } } }) => state.location.search

it('sorts by a button in the heading, which tells the direction', async () => {
  const { user, router } = renderPart(Schools)
  const heading = screen.getByRole('columnheader', { name: 'Name' })
  expect(heading).toHaveAttribute('aria-sort', 'none')
  expect(screen.getByRole('columnheader', { name: 'Teachers' })).not.toHaveAttribute('aria-sort')
  await user.click(within(heading).getByRole('button', { name: 'Name' }))
  expect(heading).toHaveAttribute('aria-sort', 'ascending')
  await user.click(within(heading).getByRole('button', { name: 'Name' }))
  expect(heading).toHaveAttribute('aria-sort', 'descending')
  expect(search(router)).toBe('?ordering=-name')
  expect(screen.getByRole('rowheader', { name: 'Ash' })).toBeVisible()
  expect(await faults()).toEqual([])
})

it('chooses rows one by one, with shift all between, and all of the page', async () => {
  const { user } = renderPart(Schools)
  const all = box('Choose all rows on this page')
  expect(screen.queryByRole('checkbox', { name: 'Choose Elm' })).toBeNull()

  await user.click(box('Choose Ash'))
  expect(all.indeterminate).toBe(true)
  await user.keyboard('{Shift>}')
  await user.click(box('Choose Cedar'))
  await user.keyboard('{/Shift}')
  expect(box('Choose Birch')).toBeChecked()
  expect(all).toBeChecked()
  const bar = screen.getByRole('region', { name: 'What to do with the chosen rows' })
  expect(bar).toHaveTextContent('3 chosen')
  expect(within(bar).getByRole('button', { name: 'Suspend' })).toBeVisible()
  expect(await faults()).toEqual([])

  await user.click(all)
  expect(bar).not.toBeInTheDocument()
  await user.click(all)
  await user.click(screen.getByRole('button', { name: 'Choose none' }))
  expect(box('Choose Ash')).not.toBeChecked()
})

it('has a menu for each row that names it', async () => {
  const { user } = renderPart(Schools)
  await user.click(screen.getByRole('button', { name: 'Actions for Birch' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Remove' }))
  expect(remove).toHaveBeenCalledExactlyOnceWith('Birch')
})

it('is a list of cards on a phone, every value with its label', async () => {
  vi.spyOn(globalThis, 'matchMedia').mockImplementation((media) =>
    Object.assign(new EventTarget(), {
      matches: media === '(width < 40rem)',
      media,
      onchange: null,
      addListener: () => undefined,
      removeListener: () => undefined,
    }),
  )
  const { user, router } = renderPart(Schools)
  expect(screen.queryByRole('table')).toBeNull()
  const cards = within(screen.getByRole('list', { name: 'Schools' })).getAllByRole('listitem')
  expect(cards).toHaveLength(4)
  const [, birch] = cards
  if (!birch) throw new Error('no card')
  expect(birch).toHaveTextContent(/Birch/)
  expect(within(birch).getByText('Teachers').tagName).toBe('DT')
  expect(within(birch).getByText('1000').tagName).toBe('DD')
  expect(within(birch).getByRole('button', { name: 'Actions for Birch' })).toBeVisible()
  await user.selectOptions(screen.getByLabelText('Sort by'), 'Name, descending')
  expect(search(router)).toBe('?ordering=-name')
  expect(await faults()).toEqual([])
})

it('keeps search, filters and page in the address, and goes back to page 1 for another search', async () => {
  const { user, router } = renderPart(Schools, '/here?page=2&plan=NONSENSE&is_active=false&x=1')
  expect(query()).toEqual({ page: 2, page_size: 20, is_active: false })
  expect(screen.getByText('21 to 40 of 45')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Next page' }))
  expect(screen.getByText('41 to 45 of 45')).toBeVisible()
  const next = screen.getByRole('button', { name: 'Next page' })
  expect(next).toHaveFocus()
  expect(next).toHaveAttribute('aria-disabled', 'true')
  expect(router.state.historyAction).toBe('PUSH')

  await user.selectOptions(screen.getByLabelText('Plan'), 'Professional')
  expect(query()).toEqual({ page: 1, page_size: 20, is_active: false, plan: 'PRO' })
  await user.type(screen.getByLabelText('Search by name'), ' oak{Enter}')
  expect(router.state.historyAction).toBe('REPLACE')
  expect(search(router)).toBe('?plan=PRO&is_active=false&x=1&search=oak')
  await user.selectOptions(screen.getByLabelText('Rows per page'), '50')
  expect(query()).toMatchObject({ page_size: 50, search: 'oak' })
  await user.click(screen.getByRole('button', { name: 'Clear filters' }))
  // What is not ours stays, and the size is kept.
  expect(search(router)).toBe('?x=1&page_size=50')
  expect(screen.getByLabelText('Search by name')).toHaveValue('')
  expect(screen.queryByRole('button', { name: 'Clear filters' })).toBeNull()
  expect(localStorage.getItem('page-size')).toBe('50')
})

it('searches when typing rests, and follows the Back button', async () => {
  const { user, router } = renderPart(Schools)
  await user.type(screen.getByLabelText('Search by name'), 'oak')
  expect(search(router)).toBe('')
  expect(await screen.findByText(/"search":"oak"/)).toBeInTheDocument()
  await user.click(screen.getByRole('link', { name: 'Elsewhere' }))
  await router.navigate(-1)
  expect(await screen.findByLabelText('Search by name')).toHaveValue('oak')
  await user.click(screen.getByRole('button', { name: 'Clear the search' }))
  expect(query()).toEqual({ page: 1, page_size: 20 })
  expect(screen.getByLabelText('Search by name')).toHaveFocus()
  await user.click(screen.getByRole('button', { name: 'Free and active' }))
  expect(query()).toEqual({ page: 1, page_size: 20, plan: 'FREE', is_active: true })
})

const failure = new ApiError({
  status: 500,
  code: 'internal_error',
  detail: '',
  fields: [],
  retryAfterSeconds: null,
  requestId: 'req-9',
})

it('says that it loads, that nothing is there, and what failed', async () => {
  const retry = vi.fn<() => void>()
  const pending = renderPart(() => <Schools rows={undefined} isPending />)
  expect(screen.getByText('Loading: Schools')).toBeInTheDocument()
  expect(await faults()).toEqual([])
  pending.unmount()

  const empty = renderPart(() => (
    <Schools rows={[]} pagination={{ page: 1, pageSize: 20, count: 0, setPage: () => undefined }} />
  ))
  expect(screen.getByText('No schools yet')).toBeVisible()
  expect(screen.getByText('No results')).toBeVisible()
  empty.unmount()

  const broken = renderPart(() => <Schools rows={undefined} error={failure} onRetry={retry} />)
  const alert = screen.getByRole('alert')
  expect(alert).toHaveTextContent('This list could not be loaded')
  expect(alert).toHaveTextContent('req-9')
  await broken.user.click(within(alert).getByRole('button', { name: 'Try again' }))
  expect(retry).toHaveBeenCalledOnce()
  broken.unmount()

  // Rows that are there stay when newer ones cannot be had.
  renderPart(() => <Schools error={failure} onRetry={retry} />)
  expect(screen.getByRole('alert')).toHaveTextContent('This list could not be brought up to date.')
  expect(screen.getByRole('rowheader', { name: 'Ash' })).toBeVisible()
})
