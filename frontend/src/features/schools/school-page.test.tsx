import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it, vi } from 'vitest'
import { answerGet, givenSession, problem } from '@/testing/api'
import { faults } from '@/testing/axe'
import { makeSchool, makeUsage, pageOf } from '@/testing/platform-factories'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'

const SCHOOL = '/api/super-admin/tenants/school-1'
const PAGE = '/super-admin/schools/school-1'

const state = { school: makeSchool(), changes: [] as unknown[] }

beforeEach(() => {
  givenSession({ role: 'SUPER_ADMIN', tenant_id: null })
  state.school = makeSchool()
  state.changes = []
  answerGet(`${SCHOOL}/usage`, makeUsage())
  answerGet('/api/super-admin/plans', { plans: [] })
  answerGet(`${SCHOOL}/administrators`, { administrators: [] })
  server.use(
    http.get(`*${SCHOOL}`, () => HttpResponse.json(state.school)),
    http.patch(`*${SCHOOL}`, async ({ request }) => {
      state.changes.push(await request.json())
      return HttpResponse.json(state.school)
    }),
  )
})

it('shows in words what a school uses and how it stands', async () => {
  const { container } = renderApp(PAGE)
  const usage = await screen.findByRole('region', { name: 'What it uses' })
  expect(usage).toHaveTextContent('45 of 50 · nearly full')
  expect(usage).toHaveTextContent('50 of 50 · full')
  expect(usage).toHaveTextContent('2 GB of 50 GB')
  await waitFor(() => expect(usage).toHaveTextContent('12 videos, 2 h 5 min in all.'))
  expect(screen.getByText('On trial until 24 Dec 2026.')).toBeVisible()
  expect(screen.getByRole('region', { name: 'People' })).toHaveTextContent('Nobody yet')
  expect(document.title).toMatch(/^Ferndale – /)
  expect(await faults(container)).toEqual([])
})

it('changes limits, features and the trial, and says what the server refuses', async () => {
  const { user } = renderApp(PAGE)
  const limits = await screen.findByRole('region', { name: 'Limits' })
  const teachers = within(limits).getByLabelText('Teachers')
  await user.clear(teachers)
  await user.type(teachers, '60')
  await user.click(within(limits).getByRole('button', { name: 'Save the limits' }))
  expect(await screen.findByText('The limits are saved.')).toBeVisible()
  await user.click(screen.getByRole('switch', { name: 'Web address of its own' }))
  expect(await screen.findByText('Switched on: Web address of its own')).toBeVisible()

  await user.click(screen.getByRole('button', { name: 'Change the trial’s end' }))
  const dialog = await screen.findByRole('alertdialog', { name: 'The trial of Ferndale' })
  await user.click(within(dialog).getByRole('radio', { name: '30 days more' }))
  await user.click(within(dialog).getByRole('button', { name: 'Change the trial' }))
  expect(await screen.findByText('The trial of Ferndale ends on 24 Dec 2026.')).toBeVisible()
  expect(state.changes).toEqual([
    {
      limits: {
        teachers: 60,
        courses: 50,
        storage_bytes: 50 * 1024 ** 3,
        video_seconds: 3600,
      },
    },
    { features: { CUSTOM_DOMAIN: true } },
    { extend_trial_days: 30 },
  ])

  server.use(
    http.patch(`*${SCHOOL}`, () => problem(409, 'trial_over', { detail: 'The trial is over.' })),
  )
  await user.click(screen.getByRole('button', { name: 'Pause the school' }))
  const pause = await screen.findByRole('alertdialog', { name: 'Pause Ferndale?' })
  await user.click(within(pause).getByRole('button', { name: 'Pause the school' }))
  const reason = within(pause).getByLabelText('Why do you pause it?')
  expect(reason).toHaveAccessibleDescription(/Say why in a few words/)
  await user.type(reason, 'Invoices are open')
  await user.click(within(pause).getByRole('button', { name: 'Pause the school' }))
  expect(await within(pause).findByRole('alert')).toHaveTextContent('The trial is over.')
})

it('says why a school is paused, whom to write to, and invites again who has not joined', async () => {
  state.school = makeSchool({ status: 'SUSPENDED', suspension_reason: 'Invoices are open' })
  const person = {
    id: 'admin-1',
    email: 'ada@ferndale.test',
    first_name: 'Ada',
    last_name: 'Aal',
    is_active: true,
    has_joined: false,
    invited_at: null,
    last_sign_in_at: null,
  }
  let invited = 0
  answerGet(`${SCHOOL}/administrators`, {
    administrators: [person, { ...person, id: 'admin-2', first_name: 'Ben', has_joined: true }],
  })
  server.use(
    http.post(`*${SCHOOL}/administrators/admin-1/invite`, () => {
      invited += 1
      return new HttpResponse(null, { status: 204 })
    }),
  )
  const { user, container } = renderApp(PAGE)
  expect(await screen.findByText('Paused because: Invoices are open')).toBeVisible()
  const people = screen.getByRole('region', { name: 'People' })
  expect(await within(people).findByText(/The invitation has ended/)).toBeVisible()
  expect(within(people).getAllByRole('link', { name: 'ada@ferndale.test' })).toHaveLength(2)
  await user.click(within(people).getByRole('button', { name: 'Invite Ada Aal again' }))
  expect(await screen.findByText('Ada Aal gets a new invitation.')).toBeVisible()
  expect(invited).toBe(1)
  expect(within(people).queryByRole('button', { name: 'Invite Ben Aal again' })).toBeNull()
  expect(await faults(container)).toEqual([])
})

it('visits only for a reason and after a proof, in a new tab', async () => {
  const open = vi.spyOn(globalThis, 'open').mockReturnValue(null)
  const reasons: unknown[] = []
  server.use(
    http.post(`*${SCHOOL}/impersonate`, async ({ request }) => {
      reasons.push(await request.json())
      if (reasons.length === 1) return problem(403, 'step_up_required')
      const url = 'http://ferndale.localhost/enter#code=abc'
      return HttpResponse.json({ url, code: 'abc', expires_at: '2026-01-15T08:00:00Z' })
    }),
    http.post('*/api/users/auth/step-up', () => new HttpResponse(null, { status: 204 })),
  )
  const { user } = renderApp(PAGE)
  await user.click(await screen.findByRole('button', { name: 'Visit the school' }))
  const dialog = await screen.findByRole('dialog', { name: 'Visit Ferndale' })
  await user.click(within(dialog).getByRole('button', { name: 'Visit' }))
  const reason = within(dialog).getByLabelText('Why do you visit?')
  expect(reason).toHaveAccessibleDescription(/Say why in a few words/)
  await user.type(reason, 'A course is missing')
  await user.click(within(dialog).getByRole('button', { name: 'Visit' }))

  await user.type(await screen.findByLabelText('Your password'), 'secret')
  await user.click(screen.getByRole('button', { name: 'Go on' }))
  expect(await screen.findByText('The school is open in a new tab.')).toBeVisible()
  expect(reasons.at(-1)).toEqual({ reason: 'A course is missing' })
  expect(open).toHaveBeenCalledExactlyOnceWith(
    'http://ferndale.localhost/enter#code=abc',
    '_blank',
    'noopener,noreferrer',
  )
})

it('erases in two steps, the second with the name', async () => {
  let confirmed: unknown
  server.use(
    http.delete(`*${SCHOOL}`, () =>
      HttpResponse.json(
        { phrase: 'Ferndale', code: 'code-1', expires_at: '2026-01-15T08:10:00Z' },
        { status: 202 },
      ),
    ),
    http.post(`*${SCHOOL}/erase`, async ({ request }) => {
      confirmed = await request.json()
      return new HttpResponse(null, { status: 204 })
    }),
    http.get('*/api/super-admin/tenants', () => HttpResponse.json(pageOf([]))),
  )
  const { user, router } = renderApp(PAGE)
  await user.click(await screen.findByRole('button', { name: 'Erase…' }))
  await user.click(await screen.findByRole('button', { name: 'Go on' }))
  const name = await screen.findByLabelText('Type the name to confirm')
  await user.type(name, 'Fern')
  await user.click(screen.getByRole('button', { name: 'Erase for good' }))
  expect(name).toHaveAccessibleDescription(/This is not the same/)
  expect(confirmed).toBeUndefined()
  await user.type(name, 'dale')
  await user.click(screen.getByRole('button', { name: 'Erase for good' }))
  expect(await screen.findByText('Ferndale is erased.')).toBeVisible()
  expect(confirmed).toEqual({ code: 'code-1', phrase: 'Ferndale' })
  await waitFor(() => expect(router.state.location.pathname).toBe('/super-admin/schools'))
})
