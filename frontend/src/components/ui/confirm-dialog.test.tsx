import { screen, waitFor } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { NetworkError } from '@/lib/api/problem'
import { faults } from '@/testing/axe'
import { renderPart } from '@/testing/render-part'
import { ConfirmDialog } from './confirm-dialog'

const onConfirm = vi.fn<() => void>()
const onClose = vi.fn<() => void>()

const Question = (props: { pending?: boolean; error?: unknown }) => (
  <ConfirmDialog
    title="Delete Maths 101?"
    body="Its 12 parts go with it."
    confirmLabel="Delete the course"
    tone="danger"
    typeToConfirm="Maths 101"
    onConfirm={onConfirm}
    onClose={onClose}
    {...props}
  />
)

it('goes ahead only when the name was typed', async () => {
  const { user } = renderPart(Question)
  const dialog = screen.getByRole('alertdialog', { name: 'Delete Maths 101?' })
  expect(await faults(dialog)).toEqual([])
  const name = screen.getByLabelText('Type the name to confirm')
  expect(name).toHaveAccessibleDescription('Type Maths 101 exactly as it is written here.')
  const go = screen.getByRole('button', { name: 'Delete the course' })
  await user.type(name, 'Maths')
  await user.click(go)
  expect(name).toBeInvalid()
  expect(name).toHaveFocus()
  expect(onConfirm).not.toHaveBeenCalled()
  await user.type(name, ' 101{Enter}')
  expect(onConfirm).toHaveBeenCalledOnce()
  await user.keyboard('{Escape}')
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce())
})

it('stays while it is done, and says what failed', async () => {
  const { user, unmount } = renderPart(() => <Question pending />)
  await user.type(screen.getByLabelText('Type the name to confirm'), 'Maths 101{Enter}')
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  await user.keyboard('{Escape}')
  expect(onConfirm).not.toHaveBeenCalled()
  expect(onClose).not.toHaveBeenCalled()
  unmount()
  renderPart(() => <Question error={new NetworkError()} />)
  expect(screen.getByRole('alert')).toHaveTextContent('We cannot reach the server.')
})
