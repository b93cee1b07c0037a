import { screen } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { expect, it } from 'vitest'
import { sessionStore } from '@/lib/auth/session-store'
import { givenSession, problem } from '@/testing/api'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'

const CHANGE = '*/api/users/auth/change-password'

it('is the only page of somebody who must change the password', async () => {
  givenSession({ must_change_password: true })
  const { user } = renderApp('/teacher/courses')
  await screen.findByRole('heading', { name: 'Choose a new password' })

  server.use(
    http.post(
      CHANGE,
      () =>
        problem(400, 'validation_error', {
          errors: [{ field: 'new_password', code: 'too_common', message: 'Too easy to guess.' }],
        }),
      { once: true },
    ),
  )
  await user.type(screen.getByLabelText('Present password'), 'initial')
  await user.type(screen.getByLabelText('New password'), 'aaaaaaaaaaaa')
  await user.click(screen.getByRole('button', { name: 'Save new password' }))
  expect(await screen.findByText('Too easy to guess.')).toBeVisible()
  expect(screen.getByLabelText('New password')).toHaveFocus()

  server.use(
    http.post(CHANGE, () => HttpResponse.json({ tokens: { access: 'new', refresh: null } })),
  )
  await user.click(screen.getByRole('button', { name: 'Save new password' }))
  expect(await screen.findByText('Your new password is saved.')).toBeVisible()
  expect(sessionStore.getState()).toMatchObject({
    accessToken: 'new',
    user: { must_change_password: false },
  })
})
