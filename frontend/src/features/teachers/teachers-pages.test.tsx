import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse, type JsonBodyType } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { answerGet, givenSession, problem } from '@/testing/api'
import { faults } from '@/testing/axe'
import { makeUser } from '@/testing/factories'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import type { Teacher } from './queries'

const page = (results: JsonBodyType[], count = results.length) => ({
  count,
  next: null,
  previous: null,
  results,
})

const GROUP = '01920000-0000-7000-8000-00000000000a'

const person = (over: Partial<Teacher> = {}): Teacher => ({
  ...makeUser(),
  is_invited: false,
  last_sign_in_at: '2026-11-20T08:00:00.000Z',
  group_ids: [GROUP],
  ...over,
})
const amina = person({ id: '01920000-0000-7000-8000-000000000011', department: 'Science' })
const ben = person({
  id: '01920000-0000-7000-8000-000000000012',
  first_name: 'Ben',
  last_name: 'Adler',
  email: 'ben@greenfield.test',
  is_invited: true,
  last_sign_in_at: null,
  group_ids: [],
})

/** What the lists were asked, in order. */
const asked: string[] = []
const sent: { path: string; body: unknown }[] = []

const take = async (request: Request) => {
  sent.push({
    path: `${request.method} ${new URL(request.url).pathname}`,
    body: await request.json().catch(() => null),
  })
}

beforeEach(() => {
  givenSession({ role: 'SCHOOL_ADMIN' })
  asked.length = 0
  sent.length = 0
  answerGet('/api/teacher-groups', page([{ id: GROUP, name: 'Science teachers', member_count: 2 }]))
  answerGet('/api/tenants/analytics', { departments: [{ department: 'Science' }] })
  server.use(
    http.get('*/api/teachers', ({ request }) => {
      asked.push(new URL(request.url).search)
      return HttpResponse.json(page([amina, ben]))
    }),
    http.get('*/api/teachers/:id', ({ params }) =>
      HttpResponse.json([amina, ben].find(({ id }) => id === params.id) ?? amina),
    ),
    http.post('*/api/teachers/:id/invite', async ({ request }) => {
      await take(request)
      return new HttpResponse(null, { status: 204 })
    }),
  )
})

it('lists people with what matters, filters by the address, and invites and deactivates several', async () => {
  const { user, container, router } = renderApp('/admin/teachers?status=invited')
  const row = (await screen.findByRole('link', { name: 'Ben Adler' })).closest('tr')
  if (!row) throw new Error('no row')
  expect(within(row).getByText('Invited')).toBeVisible()
  expect(within(row).getByText('Never yet')).toBeVisible()
  expect(asked[0]).toContain('is_invited=true')
  expect(asked[0]).toContain('is_active=true')
  expect(await screen.findByText('Science teachers', { selector: 'td' })).toBeVisible()

  await user.selectOptions(await screen.findByLabelText('Department'), 'Science')
  await waitFor(() => expect(router.state.location.search).toContain('department=Science'))
  expect(await faults(container)).toEqual([])

  server.use(
    http.delete('*/api/teachers/:id', async ({ request, params }) => {
      await take(request)
      return params.id === amina.id
        ? problem(409, 'last_admin')
        : new HttpResponse(null, { status: 204 })
    }),
  )
  await user.click(screen.getByRole('checkbox', { name: 'Choose all rows on this page' }))
  const remind = screen.getByRole('link', { name: 'Remind' })
  expect(remind).toHaveAttribute('href', `/admin/reminders/new?teachers=${amina.id},${ben.id}`)
  await user.click(screen.getByRole('button', { name: 'Invite again' }))
  const first = await screen.findByRole('alertdialog', { name: 'Send 1 invitation again?' })
  await user.click(within(first).getByRole('button', { name: 'Send the invitations' }))
  expect(await screen.findByText('1 invitation is on its way.')).toBeVisible()
  expect(sent).toEqual([{ path: `POST /api/teachers/${ben.id}/invite`, body: null }])

  await user.click(screen.getByRole('checkbox', { name: 'Choose all rows on this page' }))
  await user.click(screen.getByRole('button', { name: 'Deactivate' }))
  const second = await screen.findByRole('alertdialog', { name: 'Deactivate 2 people?' })
  await user.click(within(second).getByRole('button', { name: 'Deactivate them' }))
  const failed = await within(second).findByRole('alert')
  expect(failed).toHaveTextContent('Amina Okafor: Your school needs at least one administrator')
  expect(sent).toHaveLength(3)
})

it('invites somebody, and says at the field when their address is taken', async () => {
  let isTaken = true
  server.use(
    http.post('*/api/teachers', async ({ request }) => {
      await take(request)
      return isTaken
        ? problem(409, 'email_taken', { errors: [{ field: 'email', code: 'taken' }] })
        : HttpResponse.json(ben, { status: 201 })
    }),
  )
  const { user } = renderApp('/admin/teachers')
  await user.click(await screen.findByRole('button', { name: 'Invite a person' }))
  const dialog = await screen.findByRole('dialog', { name: 'Invite a person' })
  const send = within(dialog).getByRole('button', { name: 'Send the invitation' })
  await user.click(send)
  expect(await within(dialog).findByText('3 things need your attention')).toBeVisible()
  await user.type(within(dialog).getByLabelText('First name'), 'Carla')
  await user.type(within(dialog).getByLabelText('Last name'), 'Mendes')
  const email = within(dialog).getByLabelText('E-mail')
  await user.type(email, 'ben@greenfield.test')
  await user.selectOptions(within(dialog).getByLabelText('Role'), 'HOD')
  await user.click(send)
  await waitFor(() =>
    expect(email).toHaveAccessibleDescription(
      'Somebody at your school has this e-mail address already.',
    ),
  )
  expect(await faults(dialog)).toEqual([])
  isTaken = false
  await user.clear(email)
  await user.type(email, 'carla@greenfield.test')
  await user.click(send)
  expect(
    await screen.findByText('An invitation is on its way to carla@greenfield.test.'),
  ).toBeVisible()
  expect(sent.at(-1)?.body).toEqual({
    first_name: 'Carla',
    last_name: 'Mendes',
    email: 'carla@greenfield.test',
    role: 'HOD',
    department: '',
    group_ids: [],
  })
})

it('shows how a person stands, saves only what changed, and erases once the name is typed', async () => {
  const standing = { teacher_id: amina.id, course_id: 'c1', course_title: 'Feedback' }
  answerGet(
    '/api/reports/course-completion',
    page([
      {
        ...standing,
        status: 'OVERDUE',
        percentage: 42.9,
        deadline: '2026-11-01',
        completed_at: null,
      },
    ]),
  )
  answerGet('/api/reports/assignment-status', page([]))
  server.use(
    http.patch('*/api/teachers/:id', async ({ request }) => {
      await take(request)
      return HttpResponse.json({ ...amina, department: 'Art' })
    }),
    http.post('*/api/teachers/:id/erase', async ({ request }) => {
      await take(request)
      return new HttpResponse(null, { status: 204 })
    }),
  )
  const { user, container, router } = renderApp(`/admin/teachers/${amina.id}`)
  expect(await screen.findByRole('heading', { level: 1, name: 'Amina Okafor' })).toBeVisible()
  expect(await screen.findByRole('progressbar', { name: 'Progress in Feedback' })).toHaveAttribute(
    'aria-valuetext',
    '42%',
  )
  expect(screen.getByText('0 of 1 completed')).toBeVisible()
  expect(await screen.findByRole('link', { name: 'Science teachers' })).toBeVisible()
  expect(await faults(container)).toEqual([])

  const department = await screen.findByLabelText('Department (optional)')
  await user.clear(department)
  await user.type(department, 'Art')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('The details are saved.')).toBeVisible()
  expect(sent).toEqual([{ path: `PATCH /api/teachers/${amina.id}`, body: { department: 'Art' } }])

  await user.click(screen.getByRole('button', { name: 'Erase this person…' }))
  const dialog = await screen.findByRole('alertdialog', { name: 'Erase Amina Okafor for good?' })
  await user.type(within(dialog).getByLabelText('Type the name to confirm'), 'Amina')
  await user.click(within(dialog).getByRole('button', { name: 'Erase for good' }))
  expect(sent).toHaveLength(1)
  await user.type(within(dialog).getByLabelText('Type the name to confirm'), ' Okafor')
  await user.click(within(dialog).getByRole('button', { name: 'Erase for good' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/admin/teachers'))
  expect(sent.at(-1)?.path).toBe(`POST /api/teachers/${amina.id}/erase`)
})

it('says when a person cannot be shown', async () => {
  server.use(http.get('*/api/teachers/:id', () => problem(404, 'not_found')))
  renderApp(`/admin/teachers/${amina.id}`)
  expect(await screen.findByRole('alert')).toHaveTextContent('This person could not be shown')
})
