import { screen, waitFor } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { sessionStore } from '@/lib/auth/session-store'
import { answerGet, givenNoSession, givenSession, problem } from '@/testing/api'
import { emptyDashboard, makeStats, makeUser } from '@/testing/factories'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'

const LINK = '?uid=01920000-0000-7000-8000-000000000001&token=tok'

beforeEach(() => {
  givenNoSession()
  answerGet('/api/teacher/courses', { count: 0, next: null, previous: null, results: [] })
  answerGet('/api/teacher/dashboard', emptyDashboard)
})

it('an invitation is accepted and its person signed in, with one password', async () => {
  const bodies: unknown[] = []
  server.use(
    http.post('*/api/users/auth/accept-invitation', async ({ request }) => {
      bodies.push(await request.json())
      return HttpResponse.json(makeUser())
    }),
    http.post('*/api/users/auth/login', async ({ request }) => {
      bodies.push(await request.json())
      return HttpResponse.json({ user: makeUser(), tokens: { access: 'a', refresh: null } })
    }),
  )
  const { user } = renderApp(`/accept-invitation${LINK}`)
  await user.type(await screen.findByLabelText('New password'), 'four words of mine')
  await user.click(screen.getByRole('button', { name: 'Start' }))
  await screen.findByRole('heading', { name: /^Hello/, level: 1 })
  expect(bodies).toEqual([
    {
      uid: '01920000-0000-7000-8000-000000000001',
      token: 'tok',
      new_password: 'four words of mine',
    },
    { email: 'amina@greenfield.test', password: 'four words of mine', session: 'cookie' },
  ])
})

it.each([
  ['/accept-invitation', 'accept-invitation', 'This invitation no longer works'],
  ['/reset-password', 'confirm-password-reset', 'This link no longer works'],
])(
  '%s says what to do when the link is dead, and not that the password is at fault',
  async (page, path, words) => {
    server.use(http.post(`*/api/users/auth/${path}`, () => problem(400, 'token_invalid')))
    const { user } = renderApp(`${page}${LINK}`)
    await user.type(await screen.findByLabelText('New password'), 'four words of mine{Enter}')
    expect(await screen.findByRole('heading', { name: words })).toBeVisible()
  },
)

it.each(['/accept-invitation?uid=x', '/reset-password', '/verify-email?token=x'])(
  '%s, cut off by a mail program, asks for nothing',
  async (address) => {
    renderApp(address)
    expect(await screen.findByRole('heading', { name: /no longer works/ })).toBeVisible()
    expect(screen.queryByLabelText('New password')).not.toBeInTheDocument()
  },
)

it('a second code is asked for, and a wrong one costs nothing that was typed before', async () => {
  const codes: unknown[] = []
  server.use(
    http.post('*/api/users/auth/login', async ({ request }) => {
      const { otp } = (await request.json()) as { otp?: string }
      codes.push(otp)
      if (otp === 'r-1') {
        return HttpResponse.json({ user: makeUser(), tokens: { access: 'a', refresh: null } })
      }
      const errors = otp ? [{ field: 'otp', code: 'invalid', message: 'no' }] : []
      return problem(401, 'otp_required', { errors })
    }),
  )
  const { user } = renderApp('/login')
  await user.type(await screen.findByLabelText('Email'), 'amina@greenfield.test')
  await user.type(screen.getByLabelText('Password'), 'secret{Enter}')
  const field = await screen.findByLabelText('Code from the app')
  expect(field).toHaveFocus()
  await user.type(field, '000000{Enter}')
  await waitFor(() => expect(field).toHaveAccessibleDescription(/not right/))
  await user.click(screen.getByRole('button', { name: 'Use a recovery code instead' }))
  await user.type(screen.getByLabelText('Recovery code'), 'r-1{Enter}')
  await screen.findByRole('heading', { name: /^Hello/, level: 1 })
  expect(codes).toEqual([undefined, '000000', 'r-1'])
})

it('a visit that the server ends does not become somebody else’s session', async () => {
  let refreshed = false
  const person = givenSession({ role: 'SCHOOL_ADMIN' })
  const visit = {
    id: '01920000-0000-7000-8000-0000000000bb',
    operator_id: '01920000-0000-7000-8000-0000000000cc',
    reason: 'Support',
    started_at: new Date().toISOString(),
    ends_at: new Date(Date.now() + 600_000).toISOString(),
  }
  sessionStore.setState({ user: person, visit })
  answerGet('/api/tenants/stats', makeStats())
  const { router } = renderApp('/admin')
  await screen.findByText(/You are here as Amina Okafor of Greenfield Academy/)
  server.use(
    http.post('*/api/users/auth/refresh', () => {
      refreshed = true
      return HttpResponse.json({ access: 'of-the-cookie', refresh: null })
    }),
    http.delete('*/api/users/auth/sessions/:id', () => problem(401, 'not_signed_in')),
  )
  screen.getByRole('button', { name: 'End the visit' }).click()
  await screen.findByRole('heading', { name: 'The visit is over' })
  expect(refreshed).toBe(false)
  expect(router.state.location.pathname).toBe('/visit-ended')
  expect(sessionStore.getState()).toMatchObject({ accessToken: null, user: null, visit: null })
})
