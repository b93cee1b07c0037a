import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse, type JsonBodyType } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { answerGet, givenSession, problem } from '@/testing/api'
import { faults } from '@/testing/axe'
import { makeCourse, makeUser } from '@/testing/factories'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import type { Group } from './queries'

const page = (results: JsonBodyType[], count = results.length) => ({
  count,
  next: null,
  previous: null,
  results,
})
const group: Group = {
  id: '01920000-0000-7000-8000-00000000000a',
  name: 'Science teachers',
  kind: 'SUBJECT',
  member_count: 2,
  course_count: 1,
  created_at: '2026-01-15T08:00:00.000Z',
}
const member = (id: string, over: object = {}) => ({
  ...makeUser({ id, ...over }),
  is_invited: false,
  last_sign_in_at: null,
  group_ids: [group.id],
})
const amina = member('01920000-0000-7000-8000-000000000011')
const ben = member('01920000-0000-7000-8000-000000000012', {
  first_name: 'Ben',
  last_name: 'Adler',
})
const sent: { path: string; body: unknown }[] = []

const take = async (request: Request) => {
  sent.push({
    path: `${request.method} ${new URL(request.url).pathname}`,
    body: await request.json().catch(() => null),
  })
}

beforeEach(() => {
  givenSession({ role: 'SCHOOL_ADMIN' })
  sent.length = 0
  answerGet('/api/teacher-groups', page([group]))
  answerGet(`/api/teacher-groups/${group.id}`, group)
  answerGet('/api/teachers', page([amina, ben]))
  answerGet('/api/courses', page([{ ...makeCourse({ deadline: '2026-12-01' }), deleted_at: null }]))
  server.use(
    http.get('*/api/reports/course-completion', ({ request }) => {
      const { searchParams: query } = new URL(request.url)
      return HttpResponse.json(page([], query.get('status') === 'COMPLETED' ? 1 : 2))
    }),
  )
})

it('lists groups, makes one, and says at the field when its name is taken', async () => {
  let isTaken = true
  server.use(
    http.post('*/api/teacher-groups', async ({ request }) => {
      await take(request)
      return isTaken ? problem(409, 'group_name_taken') : HttpResponse.json(group, { status: 201 })
    }),
  )
  const { user, container, router } = renderApp('/admin/groups')
  expect(await screen.findByRole('link', { name: 'Science teachers' })).toBeVisible()
  expect(await faults(container)).toEqual([])
  await user.click(screen.getByRole('button', { name: 'New group' }))
  const dialog = await screen.findByRole('dialog', { name: 'New group' })
  const name = within(dialog).getByLabelText('Name')
  await user.type(name, 'science TEACHERS')
  await user.selectOptions(within(dialog).getByLabelText('Kind'), 'IB programme')
  await user.click(within(dialog).getByRole('button', { name: 'Make the group' }))
  await waitFor(() =>
    expect(name).toHaveAccessibleDescription('There is a group with this name already.'),
  )
  isTaken = false
  await user.type(name, ' 2')
  await user.click(within(dialog).getByRole('button', { name: 'Make the group' }))
  await waitFor(() => expect(router.state.location.pathname).toBe(`/admin/groups/${group.id}`))
  expect(sent.at(-1)?.body).toEqual({ name: 'science TEACHERS 2', kind: 'IB' })
})

it('shows a group with its courses and people; people come and go', async () => {
  server.use(
    http.post('*/api/teacher-groups/:id/members', async ({ request }) => {
      await take(request)
      return HttpResponse.json({ ...group, member_count: 3 })
    }),
    http.delete('*/api/teacher-groups/:id/members/:person', async ({ request }) => {
      await take(request)
      return new HttpResponse(null, { status: 204 })
    }),
  )
  const { user, container } = renderApp(`/admin/groups/${group.id}`)
  expect(await screen.findByRole('heading', { level: 1, name: 'Science teachers' })).toBeVisible()
  expect(await screen.findByText('1 of 2 members have completed it')).toBeVisible()
  expect(await screen.findByRole('link', { name: 'Ben Adler' })).toBeVisible()
  expect(await faults(container)).toEqual([])

  await user.click(screen.getByRole('button', { name: 'Add people' }))
  const adding = await screen.findByRole('alertdialog', { name: 'Add people to Science teachers' })
  await user.click(within(adding).getByRole('button', { name: 'Add to the group' }))
  expect(within(adding).getByText('Choose at least one person.')).toBeVisible()
  await user.click(await within(adding).findByRole('checkbox', { name: 'Ben Adler' }))
  await user.click(within(adding).getByRole('button', { name: 'Add to the group' }))
  expect(await screen.findByText('1 person added.')).toBeVisible()

  await user.click(screen.getByRole('checkbox', { name: 'Choose Ben Adler' }))
  await user.click(screen.getByRole('button', { name: 'Take out of the group' }))
  const leaving = await screen.findByRole('alertdialog', {
    name: 'Take Ben Adler out of the group?',
  })
  await user.click(within(leaving).getByRole('button', { name: 'Take out of the group' }))
  expect(await screen.findByText('1 person is out of the group.')).toBeVisible()
  const members = `/api/teacher-groups/${group.id}/members`
  expect(sent).toEqual([
    { path: `POST ${members}`, body: { teacher_ids: [ben.id] } },
    { path: `DELETE ${members}/${ben.id}`, body: null },
  ])
})

it('says what is lost before a group is deleted', async () => {
  server.use(
    http.delete('*/api/teacher-groups/:id', async ({ request }) => {
      await take(request)
      return new HttpResponse(null, { status: 204 })
    }),
  )
  const { user, router } = renderApp(`/admin/groups/${group.id}`)
  await user.click(await screen.findByRole('button', { name: 'Delete' }))
  const dialog = await screen.findByRole('alertdialog', {
    name: 'Delete the group Science teachers?',
  })
  expect(within(dialog).getByText(/2 members lose the courses/)).toBeVisible()
  await user.click(within(dialog).getByRole('button', { name: 'Delete the group' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/admin/groups'))
  expect(sent).toHaveLength(1)
})
