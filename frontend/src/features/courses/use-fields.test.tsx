import { act, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { setSignedOut } from '@/lib/auth/session-store'
import { givenSession } from '@/testing/api'
import { useFields } from './use-fields'

afterEach(() => sessionStorage.clear())

const written = () => screen.getByRole('textbox', { name: 'Words' })

const send = vi.fn<(changes: object) => Promise<{ title: string; text: string }>>()

function Lesson() {
  const { values, set, errorOf } = useFields({
    server: { title: 'Rules', text: 'Be quiet.' },
    problems: ({ title }) => (title === '' ? { title: 'Missing.' } : {}),
    send,
  })
  return (
    <>
      <input
        aria-label="Title"
        value={values.title}
        onChange={({ target }) => set('title', target.value)}
      />
      <input
        aria-label="Words"
        value={values.text}
        onChange={({ target }) => set('text', target.value)}
      />
      <p>{errorOf('title')}</p>
    </>
  )
}

it('puts fields that were not saved on the screen and saves those that make sense', async () => {
  givenSession()
  send.mockReset().mockRejectedValue(new Error('over'))
  const { unmount } = render(<Lesson />)
  await userEvent.clear(screen.getByRole('textbox', { name: 'Title' }))
  await userEvent.type(written(), ' Be kind.')
  act(() => setSignedOut('expired'))
  unmount()
  send
    .mockReset()
    .mockImplementation((changes) =>
      Promise.resolve({ title: 'Rules', text: 'Be quiet.', ...changes }),
    )
  givenSession()
  render(<Lesson />)
  expect(written()).toHaveValue('Be quiet. Be kind.')
  expect(screen.getByRole('textbox', { name: 'Title' })).toHaveValue('')
  screen.getByText('Missing.')
  await vi.waitFor(() => expect(send).toHaveBeenCalled())
  expect(send.mock.calls[0]?.[0]).toEqual({ text: 'Be quiet. Be kind.' })
})
