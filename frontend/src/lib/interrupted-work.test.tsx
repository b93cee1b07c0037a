import { act, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { StrictMode, useState } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { givenSession } from '@/testing/api'
import { type EndReason, setSignedOut } from './auth/session-store'
import { useInterruptedWork } from './interrupted-work'

const HERE = '/here?item=1'
const OTHER_PERSON = { id: '01920000-0000-7000-8000-000000000002' }

const end = (reason: EndReason) => act(() => setSignedOut(reason))
const written = () => screen.getByRole('textbox', { name: 'Words' })

beforeEach(() => {
  history.replaceState(null, '', HERE)
  givenSession()
})

afterEach(() => sessionStorage.clear())

/** The smallest of works: one text. */
function Words({ name = 'words' }: { name?: string }) {
  const [text, setText] = useState('')
  const found = useInterruptedWork(name, () => (text === '' ? null : { text, password: 'x' }))
  return (
    <>
      <input aria-label="Words" value={text} onChange={(event) => setText(event.target.value)} />
      <output>{JSON.stringify(found)}</output>
    </>
  )
}

/** Somebody writes, the session ends for that reason, and the page gives way to the sign-in page. */
async function interrupt(reason: EndReason = 'expired', text = 'Be kind.'): Promise<void> {
  const { unmount } = render(<Words />)
  if (text) await userEvent.type(written(), text)
  end(reason)
  unmount()
}
const found = () => screen.getByRole('status').textContent

it('keeps what is not saved for the same person at the same place, once and without secrets', async () => {
  await interrupt()
  givenSession()
  const { unmount, rerender } = render(<Words />, { wrapper: StrictMode })
  expect(found()).toBe('{"text":"Be kind."}')
  rerender(<Words />)
  expect(found()).toBe('{"text":"Be kind."}')
  unmount()
  render(<Words />)
  expect(found()).toBe('null')
})

function Broken(): never {
  throw new Error('not today')
}
const drawBroken = () =>
  render(
    <>
      <Words />
      <Broken />
    </>,
  )

it('survives a page that is begun to be drawn and given up', async () => {
  await interrupt()
  givenSession()
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  expect(drawBroken).toThrow('not today')
  quiet.mockRestore()
  render(<Words />)
  expect(found()).toBe('{"text":"Be kind."}')
})

it('shows it to nobody else, who does not take it away either', async () => {
  await interrupt()
  givenSession(OTHER_PERSON)
  const { unmount } = render(<Words />)
  expect(found()).toBe('null')
  await userEvent.type(written(), 'Mine.')
  end('expired')
  unmount()
  givenSession()
  render(<Words />)
  expect(found()).toBe('{"text":"Be kind."}')
})

it.each<[string, () => void]>([
  ['at another address', () => history.replaceState(null, '', '/here?item=2')],
  ['where something foreign is kept', () => keepForeign('[1]')],
  ['where nonsense is kept', () => keepForeign('{')],
])('finds nothing %s', async (_, change) => {
  await interrupt()
  givenSession()
  change()
  render(<Words />)
  expect(found()).toBe('null')
})

function keepForeign(value: string): void {
  for (const key of Object.keys(sessionStorage)) sessionStorage.setItem(key, value)
}

it.each<[string, EndReason, string]>([
  ['who signs out', 'signed-out', 'Be kind.'],
  ['whose visit is over', 'visit-over', 'Be kind.'],
  ['who has written nothing', 'expired', ''],
])('keeps nothing of somebody %s', async (_, reason, text) => {
  await interrupt(reason, text)
  expect(sessionStorage).toHaveLength(0)
})

it('waits at the address that is open when the session ends', async () => {
  const { unmount } = render(<Words />)
  await userEvent.type(written(), 'Be kind.')
  history.replaceState(null, '', '/here?step=2')
  end('expired')
  unmount()
  givenSession()
  render(<Words />)
  expect(found()).toBe('{"text":"Be kind."}')
})

it('goes on without a store', async () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  await interrupt()
  vi.restoreAllMocks()
  givenSession()
  render(<Words />)
  expect(found()).toBe('null')
})
