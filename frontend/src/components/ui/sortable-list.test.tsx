import { render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'react'
import { expect, it, vi } from 'vitest'
import { faults } from '@/testing/axe'
import { SortableList } from './sortable-list'
import { SortableTree } from './sortable-tree'

const QUESTIONS = ['Why?', 'How?', 'When?'].map((text, index) => ({ id: `q${index}`, text }))

function Questions() {
  const [questions, setQuestions] = useState(QUESTIONS)
  return (
    <SortableList
      label="Questions"
      items={questions}
      nameOf={({ text }) => text}
      renderItem={({ text }) => <input aria-label={`Text of ${text}`} defaultValue={text} />}
      onReorder={(ids) =>
        setQuestions(ids.flatMap((id) => questions.find((each) => each.id === id) ?? []))
      }
    />
  )
}

type User = ReturnType<typeof userEvent.setup>

const rows = () => screen.getAllByRole('row').map((row) => row.getAttribute('aria-label'))
const status = () => screen.getByRole('status')

/** Takes a row up; the first place to drop it has the focus then. */
async function take(user: User, name: string) {
  const [first] = screen.getAllByRole('row')
  if (!first?.parentElement?.contains(document.activeElement)) await user.tab()
  await user.keyboard('{Home}')
  while (document.activeElement !== screen.getByRole('row', { name })) {
    // oxlint-disable-next-line no-await-in-loop -- one key after the other
    await user.keyboard('{ArrowDown}')
  }
  await user.tab()
  expect(screen.getByRole('button', { name: `Drag ${name}` })).toHaveFocus()
  await user.keyboard('{Enter}')
  await waitFor(() => expect(document.activeElement).toHaveAccessibleName(/^(Insert|Drop)/))
}

/** Goes down until a screen reader would say that place, and drops there. */
async function dropAt(user: User, place: string) {
  for (let tries = 0; tries < 9; tries += 1) {
    if (document.activeElement === screen.queryByRole('button', { name: place })) break
    // oxlint-disable-next-line no-await-in-loop -- one key after the other
    await user.keyboard('{ArrowDown}')
  }
  expect(document.activeElement).toHaveAccessibleName(place)
  await user.keyboard('{Enter}')
}

async function choose(user: User, name: string, action: string) {
  await user.click(screen.getByRole('button', { name: `Actions for ${name}` }))
  await user.click(screen.getByRole('menuitem', { name: action }))
}

it('is sorted by keyboard: Enter on the handle, arrows, Enter', async () => {
  const user = userEvent.setup()
  const { container } = render(<Questions />)
  expect(rows()).toEqual(['Why?', 'How?', 'When?'])
  expect(await faults(container)).toEqual([])

  await take(user, 'Why?')
  expect(await screen.findByText(/Started dragging/)).toBeInTheDocument()
  await dropAt(user, 'Insert after When?')
  await waitFor(() => expect(rows()).toEqual(['How?', 'When?', 'Why?']))
  expect(status()).toHaveTextContent('Why? is now 3 of 3.')
  expect(await screen.findByText('Drop complete.')).toBeInTheDocument()

  await take(user, 'Why?')
  await user.keyboard('{Escape}')
  expect(rows()).toEqual(['How?', 'When?', 'Why?'])
  expect(await screen.findByText('Drop canceled.')).toBeInTheDocument()
})

it('is sorted by the menu of a row, which offers only ways that lead somewhere', async () => {
  const user = userEvent.setup()
  render(<Questions />)
  await user.click(screen.getByRole('button', { name: 'Actions for Why?' }))
  const names = screen.getAllByRole('menuitem').map(({ textContent }) => textContent)
  expect(names).toEqual(['Move down', 'Move to the bottom'])
  await user.click(screen.getByRole('menuitem', { name: 'Move down' }))
  expect(rows()).toEqual(['How?', 'Why?', 'When?'])
  expect(status()).toHaveTextContent('Why? is now 2 of 3.')
  // Who goes on by keyboard goes on from there.
  await waitFor(() => expect(screen.getByRole('row', { name: 'Why?' })).toHaveFocus())

  await choose(user, 'When?', 'Move to the top')
  expect(rows()).toEqual(['When?', 'How?', 'Why?'])
})

it('leaves the keys in a field to the field', async () => {
  const user = userEvent.setup()
  render(<Questions />)
  const field = screen.getByRole('textbox', { name: 'Text of Why?' })
  await user.type(field, ' How so?')
  expect(field).toHaveValue('Why? How so?')
})

const MODULES = [
  {
    id: 'm1',
    title: 'Start',
    contents: [
      { id: 'c1', title: 'Hello' },
      { id: 'c2', title: 'Rules' },
    ],
  },
  { id: 'm2', title: 'Practice', contents: [{ id: 'c3', title: 'Try it' }] },
  { id: 'm3', title: 'Empty', contents: [] },
]

function Outline({ onSelect }: { onSelect: (id: string) => void }) {
  const [modules, setModules] = useState(MODULES)
  const contents = modules.flatMap((module) => module.contents)
  return (
    <SortableTree
      label="Outline"
      groups={modules}
      itemsOf={(module) => module.contents}
      groupName={({ title }) => title}
      itemName={({ title }) => title}
      renderGroup={({ title }) => title}
      renderItem={({ title }) => title}
      selectedId="c2"
      onSelect={onSelect}
      onReorder={(order) =>
        setModules(
          order.flatMap(({ id, itemIds }) => {
            const module = modules.find((each) => each.id === id)
            const inside = itemIds.flatMap(
              (item) => contents.find((each) => each.id === item) ?? [],
            )
            return module ? [{ ...module, contents: inside }] : []
          }),
        )
      }
    />
  )
}

it('moves contents between modules and modules past each other, by keyboard', async () => {
  const user = userEvent.setup()
  const onSelect = vi.fn<(id: string) => void>()
  const { container } = render(<Outline onSelect={onSelect} />)
  expect(rows()).toEqual(['Start', 'Hello', 'Rules', 'Practice', 'Try it', 'Empty'])
  expect(screen.getByRole('row', { name: 'Rules' })).toHaveAttribute('aria-selected', 'true')
  expect(await faults(container)).toEqual([])

  await take(user, 'Hello')
  await dropAt(user, 'Insert after Try it')
  await waitFor(() => expect(status()).toHaveTextContent('Hello is now 2 of 2 in Practice.'))
  expect(rows()).toEqual(['Start', 'Rules', 'Practice', 'Try it', 'Hello', 'Empty'])

  await take(user, 'Start')
  // Modules pass each other closed.
  expect(screen.queryByText('Rules')).not.toBeInTheDocument()
  await dropAt(user, 'Insert between Practice and Empty')
  await waitFor(() => expect(status()).toHaveTextContent('Start is now 2 of 3.'))
  await waitFor(() =>
    expect(rows()).toEqual(['Practice', 'Try it', 'Hello', 'Start', 'Rules', 'Empty']),
  )
  expect(onSelect).not.toHaveBeenCalled()
})

it('opens what is chosen, and moves it into an empty module by its menu', async () => {
  const user = userEvent.setup()
  const onSelect = vi.fn<(id: string) => void>()
  render(<Outline onSelect={onSelect} />)
  await user.click(within(screen.getByRole('row', { name: 'Try it' })).getByText('Try it'))
  expect(onSelect.mock.calls).toEqual([['c3']])

  await choose(user, 'Rules', 'Move to “Empty”')
  expect(rows()).toEqual(['Start', 'Hello', 'Practice', 'Try it', 'Empty', 'Rules'])
  expect(status()).toHaveTextContent('Rules is now 1 of 1 in Empty.')
  await choose(user, 'Empty', 'Move to the top')
  expect(rows()).toEqual(['Empty', 'Rules', 'Start', 'Hello', 'Practice', 'Try it'])
})
