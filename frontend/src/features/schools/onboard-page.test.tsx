import { act, screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { setSignedOut } from '@/lib/auth/session-store'
import { answerGet, givenSession, problem } from '@/testing/api'
import { faults } from '@/testing/axe'
import { makeSchool } from '@/testing/platform-factories'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'

const TENANTS = '*/api/super-admin/tenants'
const NEXT = { name: 'Next' }

beforeEach(() => {
  givenSession({ role: 'SUPER_ADMIN', tenant_id: null })
  answerGet('/api/super-admin/plans', {
    plans: [{ plan: 'PRO', limits: makeSchool().limits, features: {} }],
  })
  server.use(
    http.get('*/api/super-admin/school-addresses', ({ request }) => {
      const asked = new URL(request.url).searchParams.get('subdomain') ?? ''
      const isTaken = asked === 'taken'
      return HttpResponse.json({
        subdomain: asked || 'shkola-57',
        problem: isTaken ? 'taken' : null,
        message: isTaken ? 'The address “taken” is taken.' : null,
        suggestion: 'shkola-57',
      })
    }),
  )
})

/** Up to the review, with what is suggested. */
async function fillIn(user: UserEvent) {
  await user.type(await screen.findByLabelText('Name of the school'), 'Школа 57')
  await user.click(screen.getByRole('button', NEXT))
  expect(await screen.findByLabelText('Address')).toHaveValue('shkola-57')
  await user.click(screen.getByRole('button', NEXT))
  await user.type(await screen.findByLabelText('First name'), 'Irina')
  await user.type(screen.getByLabelText('Last name'), 'Sokolova')
  await user.type(screen.getByLabelText('Email'), 'irina@school.test')
  await user.click(screen.getByRole('button', NEXT))
  await user.click(await screen.findByRole('radio', { name: /^Pro/ }))
  await user.click(screen.getByRole('button', NEXT))
  await screen.findByRole('heading', { name: 'Is everything right?' })
}

it('opens a school: the address is suggested, nothing is asked twice, and the mail is announced', async () => {
  const sent: { key: string | null; body: unknown }[] = []
  server.use(
    http.post(TENANTS, async ({ request }) => {
      sent.push({ key: request.headers.get('Idempotency-Key'), body: await request.json() })
      if (sent.length === 1) return problem(503, 'unavailable')
      return HttpResponse.json(
        {
          tenant: makeSchool({ name: 'Школа 57' }),
          admin_email: 'irina@school.test',
          subdomain: 'shkola-57',
        },
        { status: 201 },
      )
    }),
  )
  const { user, container } = renderApp('/super-admin/schools/new')
  await fillIn(user)
  expect(screen.getByText('shkola-57.demo.localhost:3000')).toBeVisible()
  expect(await faults(container)).toEqual([])

  await user.click(screen.getByRole('button', { name: 'Open the school' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('The school was not opened.')
  await user.click(screen.getByRole('button', { name: 'Open the school' }))
  expect(await screen.findByRole('heading', { name: 'Школа 57 is open', level: 1 })).toBeVisible()
  expect(screen.getByText('An invitation is on its way to irina@school.test')).toBeVisible()
  expect(screen.getByRole('button', { name: 'Copy the address' })).toBeVisible()
  expect(sent[0]?.body).toMatchObject({
    school_name: 'Школа 57',
    subdomain: 'shkola-57',
    admin_email: 'irina@school.test',
    plan: 'PRO',
    trial_days: 14,
  })
  // The second try is the same request: should the first have arrived after all, there is one school.
  expect(sent[1]).toEqual(sent[0])
  expect(sent[0]?.key).toMatch(/^[0-9a-f]{32}$/)
})

it('says at once when an address is taken, and goes on only with a free one', async () => {
  const { user, router } = renderApp('/super-admin/schools/new?step=admin')
  // Without what comes before, a step cannot be shown.
  await user.click(await screen.findByRole('button', NEXT))
  const summary = await screen.findByRole('group', { name: 'One thing needs your attention' })
  expect(summary).toHaveTextContent('Enter the name of the school.')
  await user.type(screen.getByLabelText('Name of the school'), 'Школа 57')
  await user.click(screen.getByRole('button', NEXT))

  const address = await screen.findByLabelText('Address')
  await user.clear(address)
  await user.type(address, 'Taken')
  expect(await screen.findByText('Another school has this address.')).toBeVisible()
  await user.click(screen.getByRole('button', NEXT))
  await waitFor(() => expect(address).toHaveAccessibleDescription(/“taken” is taken/))
  await user.click(screen.getByRole('button', { name: 'Use shkola-57 instead' }))
  await user.click(screen.getByRole('button', NEXT))
  expect(await screen.findByRole('heading', { name: 'Who looks after it?' })).toHaveFocus()
  await user.type(screen.getByLabelText('First name'), 'Irina')
  await user.click(screen.getByRole('button', { name: 'Back' }))
  expect(await screen.findByLabelText('Address')).toHaveValue('shkola-57')
  await user.click(screen.getByRole('button', NEXT))
  expect(await screen.findByLabelText('First name')).toHaveValue('Irina')
  expect(router.state.location.search).toBe('?step=admin')
})

it('leads back to the step whose field the server refuses', async () => {
  server.use(
    http.post(TENANTS, () =>
      problem(400, 'validation_error', {
        errors: [{ field: 'admin_email', code: 'invalid', message: 'No mail gets there.' }],
      }),
    ),
  )
  const { user } = renderApp('/super-admin/schools/new')
  await fillIn(user)
  await user.click(screen.getByRole('button', { name: 'Open the school' }))
  const email = await screen.findByLabelText('Email')
  await waitFor(() => expect(email).toHaveAccessibleDescription(/No mail gets there/))
  expect(email).toHaveValue('irina@school.test')
  expect(email).toHaveFocus()
  const steps = screen.getByRole('navigation', { name: 'Steps' })
  expect(within(steps).getByRole('listitem', { current: 'step' })).toHaveTextContent(
    'Administrator',
  )
})

it('goes on where it was when the session has ended in the middle', async () => {
  const operator = { role: 'SUPER_ADMIN', tenant_id: null } as const
  const { user, unmount } = renderApp('/super-admin/schools/new')
  await fillIn(user)
  act(() => setSignedOut('expired'))
  unmount()
  givenSession(operator)
  renderApp('/super-admin/schools/new?step=review')
  await screen.findByRole('heading', { name: 'Is everything right?' })
  for (const entered of ['Школа 57', 'shkola-57.demo.localhost:3000', 'irina@school.test']) {
    expect(screen.getByText(entered)).toBeVisible()
  }
  sessionStorage.clear()
})
