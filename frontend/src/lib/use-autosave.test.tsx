import { act, render, screen } from '@testing-library/react'
import { fireEvent } from '@testing-library/dom'
import { useState } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { SaveStatus } from '@/components/save-status'
import { faults } from '@/testing/axe'
import { makeUser } from '@/testing/factories'
import type { Save } from './autosaver'
import { ApiError, NetworkError } from './api/problem'
import { setSignedIn, setSignedOut } from './auth/session-store'
import { useAutosave } from './use-autosave'

const refusal = (status: number, code: string, detail = '') =>
  new ApiError({ status, code, detail, fields: [], retryAfterSeconds: null, requestId: null })

const save = vi.fn<Save<string>>()
const reload = vi.fn<() => string>()

function TitleEditor() {
  const [title, setTitle] = useState('Maths')
  const autosave = useAutosave({ value: title, save, enabled: title !== '' })
  return (
    <main>
      <label>
        Title
        <input value={title} onChange={(event) => setTitle(event.target.value)} />
      </label>
      <SaveStatus
        autosave={autosave}
        onReload={() => {
          const theirs = reload()
          setTitle(theirs)
          autosave.reset(theirs)
        }}
      />
    </main>
  )
}

const type = (value: string) =>
  fireEvent.change(screen.getByRole('textbox', { name: 'Title' }), { target: { value } })
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))
const click = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const status = () => screen.getByRole('status')

beforeEach(() => {
  save.mockReset().mockResolvedValue(undefined)
  vi.useFakeTimers({ now: new Date(2026, 10, 22, 10, 42) })
})

afterEach(() => {
  setSignedOut(null)
  vi.useRealTimers()
})

it('saves once, a moment after the last change, and says when', async () => {
  render(<TitleEditor />)
  expect(status()).toBeEmptyDOMElement()
  type('Maths 1')
  await pass(500)
  type('Maths 10')
  await pass(500)
  expect(save).not.toHaveBeenCalled()
  expect(status()).toHaveTextContent('Not saved yet')
  await pass(300)
  expect(save.mock.calls).toEqual([['Maths 10', { overwrite: false }]])
  expect(status()).toHaveTextContent('Saved 10:42')

  type('')
  await pass(5000)
  expect(save).toHaveBeenCalledTimes(1)
})

it('sends what was typed during a save after it, never beside it', async () => {
  const held: { finish?: () => void } = {}
  save.mockImplementationOnce(
    () =>
      new Promise<void>((resolve) => {
        held.finish = resolve
      }),
  )
  render(<TitleEditor />)
  type('A')
  await pass(800)
  expect(status()).toHaveTextContent('Saving…')
  type('AB')
  await pass(5000)
  expect(save).toHaveBeenCalledTimes(1)
  held.finish?.()
  await pass(800)
  expect(save.mock.calls.map(([value]) => value)).toEqual(['A', 'AB'])
  expect(status()).toHaveTextContent('Saved')
})

it('tries again by itself while the network is away, and at once when it is back', async () => {
  save.mockRejectedValueOnce(new NetworkError()).mockRejectedValueOnce(new NetworkError())
  render(<TitleEditor />)
  type('A')
  await pass(800)
  expect(status()).toHaveTextContent('Not saved. We keep trying.')
  await pass(2000)
  expect(save).toHaveBeenCalledTimes(2)
  fireEvent(globalThis.window, new Event('online'))
  await pass(0)
  expect(save).toHaveBeenCalledTimes(3)
  expect(status()).toHaveTextContent('Saved')
})

it('says why a value was refused, and waits for a click or another value', async () => {
  save.mockRejectedValueOnce(refusal(409, 'conflict', 'There is such a course already.'))
  render(<TitleEditor />)
  type('A')
  await pass(60_000)
  expect(save).toHaveBeenCalledTimes(1)
  expect(status()).toHaveTextContent('Not saved. There is such a course already.')
  click('Try again')
  await pass(0)
  expect(status()).toHaveTextContent('Saved')
})

it.each([
  ['Keep mine', 'Mine'],
  ['Show their version', 'Theirs'],
])('asks before it writes over what somebody else did: %s', async (choice, title) => {
  save.mockRejectedValueOnce(refusal(412, 'precondition_failed'))
  reload.mockReturnValue('Theirs')
  const { container } = render(<TitleEditor />)
  type('Mine')
  await pass(800)
  type('Mine')
  await pass(60_000)
  expect(save).toHaveBeenCalledTimes(1)
  expect(status()).toHaveTextContent('somebody else has changed this')
  vi.useRealTimers()
  expect(await faults(container)).toEqual([])
  vi.useFakeTimers()
  click(choice)
  await pass(800)
  expect(screen.getByRole('textbox')).toHaveValue(title)
  expect(save.mock.calls.slice(1)).toEqual(
    choice === 'Keep mine' ? [['Mine', { overwrite: true }]] : [],
  )
  expect(status()).not.toHaveTextContent('Not saved')
})

it('loses nothing when the page is left', async () => {
  const { unmount } = render(<TitleEditor />)
  type('Last words')
  unmount()
  await pass(0)
  expect(save.mock.calls).toEqual([['Last words', { overwrite: false }]])
})

it('saves for nobody else what waits for the network', async () => {
  setSignedIn('access-1', makeUser())
  save.mockRejectedValue(new NetworkError())
  const { unmount } = render(<TitleEditor />)
  type('Hers')
  unmount()
  await pass(0)
  expect(save).toHaveBeenCalledTimes(1)
  setSignedIn('access-2', makeUser({ id: 'somebody else' }))
  await pass(120_000)
  expect(save).toHaveBeenCalledTimes(1)
})
