import { screen, waitFor } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'
import { sessionStore } from '@/lib/auth/session-store'
import { answerGet, givenNoSession, problem } from '@/testing/api'
import { emptyDashboard, makeStats, makeUser } from '@/testing/factories'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'

const LOGIN = '*/api/users/auth/login'

beforeEach(() => {
  givenNoSession()
  answerGet('/api/tenants/stats', makeStats())
  answerGet('/api/teacher/courses', { count: 0, next: null, previous: null, results: [] })
  answerGet('/api/teacher/dashboard', emptyDashboard)
})

async function signIn(user: UserEvent, email = 'amina@greenfield.test', password = 'secret') {
  await user.type(await screen.findByLabelText('Email'), email)
  if (password) await user.type(screen.getByLabelText('Password'), password)
  await user.click(screen.getByRole('button', { name: 'Sign in' }))
}

describe('signing in', () => {
  it('asks for a cookie session and opens the start page', async () => {
    let body: unknown
    server.use(
      http.post(LOGIN, async ({ request }) => {
        body = await request.json()
        return HttpResponse.json({ user: makeUser(), tokens: { access: 'a', refresh: null } })
      }),
    )
    const { user } = renderApp('/login')
    await signIn(user)
    const heading = await screen.findByRole('heading', { name: /^Hello/, level: 1 })
    await waitFor(() => expect(heading).toHaveFocus())
    expect(body).toEqual({
      email: 'amina@greenfield.test',
      password: 'secret',
      session: 'cookie',
    })
    // Nothing that signs anybody in may lie in a storage that scripts can read.
    expect(JSON.stringify({ ...localStorage })).not.toContain('"a"')
    expect(sessionStore.getState().accessToken).toBe('a')
  })

  it('goes back to the page that asked for it', async () => {
    server.use(
      http.post(LOGIN, () =>
        HttpResponse.json({ user: makeUser(), tokens: { access: 'a', refresh: null } }),
      ),
    )
    const { user, router } = renderApp('/teacher/courses?page=2')
    await signIn(user)
    await waitFor(() => expect(router.state.location.pathname).toBe('/teacher/courses'))
    expect(router.state.location.search).toBe('?page=2')
  })

  it.each([
    [{ role: 'SCHOOL_ADMIN' as const }, 'Hello Amina'],
    [{ must_change_password: true }, 'Choose a new password'],
  ])('opens the right first page for %o', async (over, heading) => {
    server.use(
      http.post(LOGIN, () =>
        HttpResponse.json({ user: makeUser(over), tokens: { access: 'a', refresh: null } }),
      ),
    )
    const { user } = renderApp('/login')
    await signIn(user)
    expect(await screen.findByRole('heading', { name: heading })).toBeVisible()
  })
})

describe('when it fails', () => {
  it('says the same for a wrong address and a wrong password, and keeps what was typed', async () => {
    server.use(http.post(LOGIN, () => problem(401, 'invalid_credentials')))
    const { user } = renderApp('/login')
    await signIn(user)
    expect(await screen.findByRole('alert')).toHaveTextContent('Email or password is not right')
    expect(screen.getByLabelText('Email')).toHaveValue('amina@greenfield.test')
    expect(screen.getByLabelText('Password')).toHaveValue('secret')
  })

  it('says how long signing in is paused', async () => {
    server.use(http.post(LOGIN, () => problem(429, 'too_many_tries', {}, { 'Retry-After': '290' })))
    const { user } = renderApp('/login')
    await signIn(user)
    expect(await screen.findByRole('alert')).toHaveTextContent('try again in 5 minutes')
  })

  it('says that the server cannot be reached', async () => {
    server.use(http.post(LOGIN, () => HttpResponse.error()))
    const { user } = renderApp('/login')
    await signIn(user)
    expect(await screen.findByRole('alert')).toHaveTextContent('We cannot reach the server')
  })

  it.each([
    ['school_suspended', 'Greenfield Academy is paused'],
    ['trial_expired', 'The trial of Greenfield Academy has ended'],
  ])('explains %s on a page of its own', async (code, heading) => {
    server.use(http.post(LOGIN, () => problem(403, code)))
    const { user } = renderApp('/login')
    await signIn(user)
    expect(await screen.findByRole('heading', { name: heading })).toBeVisible()
  })

  it('names missing fields and sends nothing', async () => {
    const { user } = renderApp('/login')
    await signIn(user, 'amina', '')
    expect(screen.getByLabelText('Email')).toHaveAccessibleDescription(/such as name@school.org/)
    expect(screen.getByLabelText('Password')).toHaveAccessibleDescription('Enter your password.')
    expect(screen.getByLabelText('Email')).toHaveFocus()
  })
})

it('shows the password on request', async () => {
  const { user } = renderApp('/login')
  const field = await screen.findByLabelText('Password')
  expect(field).toHaveAttribute('type', 'password')
  await user.click(screen.getByRole('button', { name: 'Show password' }))
  expect(field).toHaveAttribute('type', 'text')
})
