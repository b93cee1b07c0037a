import { fireEvent, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { expect, it, vi } from 'vitest'
import { faults } from '@/testing/axe'
import { renderPart } from '@/testing/render-part'
import { Combobox, type ComboboxItem } from './combobox'
import { CopyButton } from './copy-button'
import { DateField } from './date-field'
import { FileDrop } from './file-drop'
import { NumberField } from './number-field'
import { Tooltip } from './tooltip'

const makeFile = (name: string, type: string, size = 10) =>
  new File(['x'.repeat(size)], name, { type })

it('refuses files of another type, too large or empty before they are sent', async () => {
  const onFiles = vi.fn<(files: File[]) => void>()
  const { user } = renderPart(() => (
    <FileDrop
      label="Logo"
      hint="Shown above the menu."
      accept={['image/png', '.csv']}
      acceptLabel="PNG or CSV"
      maxBytes={2048}
      onFiles={onFiles}
    />
  ))
  const input = screen.getByLabelText<HTMLInputElement>(/Logo/)
  expect(input).toHaveAccessibleName('Logo Choose a file')
  expect(input).toHaveAccessibleDescription('Shown above the menu. PNG or CSV, up to 2 kB')
  expect(await faults()).toEqual([])

  const zone = input.parentElement
  if (!zone) throw new Error('nowhere to drop')
  const drop = (...files: File[]) => fireEvent.drop(zone, { dataTransfer: { files } })
  const alert = screen.getByRole('alert')
  drop(makeFile('notes.pdf', 'application/pdf'))
  expect(alert).toHaveTextContent('notes.pdf cannot be used here. Allowed: PNG or CSV.')
  expect(input).toBeInvalid()
  drop(makeFile('big.png', 'image/png', 5000))
  expect(alert).toHaveTextContent('big.png is too large (4.9 kB). At most 2 kB is possible.')
  drop(makeFile('empty.png', 'image/png', 0))
  expect(alert).toHaveTextContent('empty.png is empty.')
  drop(makeFile('a.png', 'image/png'), makeFile('b.png', 'image/png'))
  expect(alert).toHaveTextContent('Choose one file only.')
  expect(await faults()).toEqual([])
  expect(onFiles).not.toHaveBeenCalled()

  const good = makeFile('PEOPLE.CSV', '')
  await user.upload(input, good)
  expect(onFiles).toHaveBeenCalledExactlyOnceWith([good])
  expect(alert).toBeEmptyDOMElement()
})

it('takes and gives calendar days, and says when one is only half entered', async () => {
  const onChange = vi.fn<(day: string | null) => void>()
  function Deadline() {
    const [day, setDay] = useState<string | null>('2026-11-22')
    return (
      <DateField
        label="Deadline"
        min="2026-01-01"
        value={day}
        onChange={(next) => {
          onChange(next)
          setDay(next)
        }}
      />
    )
  }
  renderPart(Deadline)
  const field = screen.getByLabelText<HTMLInputElement>('Deadline')
  expect(field).toHaveValue('2026-11-22')
  fireEvent.change(field, { target: { value: '2026-12-24' } })
  expect(onChange).toHaveBeenLastCalledWith('2026-12-24')
  fireEvent.change(field, { target: { value: '' } })
  expect(onChange).toHaveBeenLastCalledWith(null)
  expect(await faults()).toEqual([])

  vi.spyOn(field, 'validity', 'get').mockReturnValue({ ...field.validity, badInput: true })
  fireEvent.blur(field)
  expect(field).toHaveAccessibleDescription('Enter day, month and year.')
  expect(field).toBeInvalid()
})

it('reads numbers with either decimal sign, and follows a value set from outside', async () => {
  const onChange = vi.fn<(value: number | null) => void>()
  function Effort() {
    const [value, setValue] = useState<number | null>(2)
    return (
      <>
        <NumberField
          label="Effort"
          unit="hours"
          decimal
          value={value}
          onChange={(next) => {
            onChange(next)
            setValue(next)
          }}
        />
        <button type="button" onClick={() => setValue(8)}>
          Eight
        </button>
      </>
    )
  }
  const { user } = renderPart(Effort)
  const field = screen.getByLabelText('Effort')
  expect(field).toHaveValue('2')
  await user.clear(field)
  expect(onChange).toHaveBeenLastCalledWith(null)
  await user.type(field, '1,')
  expect(onChange).toHaveBeenLastCalledWith(1)
  await user.type(field, '5')
  expect(onChange).toHaveBeenLastCalledWith(1.5)
  await user.type(field, 'x')
  expect(onChange).toHaveBeenLastCalledWith(Number.NaN)
  expect(field).toHaveValue('1,5x')
  await user.click(screen.getByRole('button', { name: 'Eight' }))
  expect(field).toHaveValue('8')
})

const COURSES: ComboboxItem[] = [
  { id: 'c1', label: 'Maths 101', hint: '12 parts' },
  { id: 'c2', label: 'Maths 102' },
  { id: 'c3', label: 'Reading aloud' },
]

it('finds one of many by typing, keeps it, and lets go of it', async () => {
  const search = (text: string) =>
    Promise.resolve(COURSES.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase())))
  const chosen = vi.fn<(item: ComboboxItem | null) => void>()
  function CourseChoice() {
    const [course, setCourse] = useState<ComboboxItem | null>(null)
    return (
      <Combobox
        label="Course"
        hint="Published ones only."
        cacheKey={['courses']}
        search={search}
        value={course}
        onChange={(item) => {
          chosen(item)
          setCourse(item)
        }}
      />
    )
  }
  const { user } = renderPart(CourseChoice)
  const field = screen.getByRole('combobox', { name: 'Course' })
  expect(field).toHaveAccessibleDescription('Published ones only.')
  await user.type(field, 'maths')
  await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(2))
  await user.click(screen.getByRole('option', { name: /Maths 102/ }))
  expect(chosen).toHaveBeenLastCalledWith(COURSES[1])
  expect(field).toHaveValue('Maths 102')
  expect(await faults()).toEqual([])

  // Typing that leads to nothing leaves what was chosen.
  await user.clear(field)
  await user.type(field, 'zzz')
  await user.tab()
  await waitFor(() => expect(field).toHaveValue('Maths 102'))
  await user.click(screen.getByRole('button', { name: 'Clear the choice' }))
  expect(chosen).toHaveBeenLastCalledWith(null)
  expect(field).toHaveValue('')
})

it('copies, and says so', async () => {
  const { user } = renderPart(() => (
    <CopyButton text="https://demo.test" label="Copy the address" />
  ))
  await user.click(screen.getByRole('button', { name: 'Copy the address' }))
  expect(await screen.findByText('Copied')).toBeInTheDocument()
  await expect(navigator.clipboard.readText()).resolves.toBe('https://demo.test')
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValueOnce(new Error('not allowed'))
  await user.click(screen.getByRole('button', { name: 'Copy the address' }))
  expect(await screen.findByText(/could not be copied/)).toBeVisible()
})

it('adds a few words to a control that has the focus', async () => {
  const { user } = renderPart(() => (
    <Tooltip text="Nobody sees it yet">
      <button type="button">Draft</button>
    </Tooltip>
  ))
  await user.tab()
  expect(screen.getByRole('button', { name: 'Draft' })).toHaveFocus()
  expect(await screen.findByRole('tooltip')).toHaveTextContent('Nobody sees it yet')
  expect(screen.getByRole('button', { name: 'Draft' })).toHaveAccessibleDescription(
    'Nobody sees it yet',
  )
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('tooltip')).toBeNull())
})
