import { screen, waitFor, within } from '@testing-library/react'
import { run as axe } from 'axe-core'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { answerGet, givenSession, problem } from '@/testing/api'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import type { Course } from './queries'
import { makeAuthoredContent, makeAuthoredCourse, makeModule } from './testing'

const COURSE = '/api/courses/course-1'
const EDITOR = '/admin/courses/course-1'

interface Sent {
  what: string
  ifMatch: string | null
  body: unknown
}

/** A course on a server that counts its changes. */
function givenCourse(over: Partial<Course> = {}): { course: Course; sent: Sent[] } {
  const held = { course: makeAuthoredCourse(over), sent: [] as Sent[] }
  const note = async (what: string, request: Request) => {
    const body = (await request.json()) as Record<string, never>
    held.sent.push({ what, ifMatch: request.headers.get('If-Match'), body })
    return body
  }
  const next = (changes: Partial<Course>) => {
    held.course = { ...held.course, ...changes, version: held.course.version + 1 }
    return HttpResponse.json(held.course)
  }
  answerGet('/api/assignments', { count: 0, next: null, previous: null, results: [] })
  server.use(
    http.get(`*${COURSE}`, () => HttpResponse.json(held.course)),
    http.patch(`*${COURSE}`, async ({ request }) => {
      const body = await note('details', request)
      const match = request.headers.get('If-Match')
      return match !== null && match !== `"${held.course.version}"`
        ? problem(412, 'stale_version')
        : next(body)
    }),
    http.put(`*${COURSE}/outline`, async ({ request }) => {
      const body = await note('outline', request)
      const order: { id: string; contents: string[] }[] = body.modules ?? []
      const contents = held.course.modules.flatMap((module) => module.contents)
      return next({
        modules: order.flatMap(({ id, contents: ids }) => {
          const module = held.course.modules.find((each) => each.id === id)
          const inside = ids.flatMap(
            (each) => contents.find((content) => content.id === each) ?? [],
          )
          return module ? [{ ...module, contents: inside }] : []
        }),
      })
    }),
  )
  return held
}

beforeEach(() => {
  givenSession({ role: 'SCHOOL_ADMIN' })
})

it('saves each detail by itself, only what changed, for the version that was seen', async () => {
  const held = givenCourse()
  const { user, container } = renderApp(EDITOR)
  const title = await screen.findByRole('textbox', { name: 'Title' })
  await user.type(title, ' well')
  expect(await screen.findByText(/^Saved \d/)).toBeVisible()
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Reading aloud well')
  expect(held.sent).toEqual([
    { what: 'details', ifMatch: '"3"', body: { title: 'Reading aloud well' } },
  ])

  // What is wrong waits; the rest is saved.
  await user.clear(title)
  expect(screen.getByText('A course needs a title.')).toBeVisible()
  await user.click(screen.getByRole('switch', { name: 'Required' }))
  await waitFor(() =>
    expect(held.sent.at(-1)).toEqual({
      what: 'details',
      ifMatch: '"4"',
      body: { is_mandatory: true },
    }),
  )
  expect((await axe(container)).violations).toEqual([])
})

it('says when somebody else was faster, and keeps whichever version the person wants', async () => {
  const held = givenCourse()
  const { user } = renderApp(EDITOR)
  const text = await screen.findByLabelText('Description')
  held.course = { ...held.course, description: 'Theirs.', version: 9 }
  await user.type(text, ' Mine.')
  await screen.findByText(/somebody else has changed this/)
  await user.click(screen.getByRole('button', { name: 'Show their version' }))
  await waitFor(() => expect(text).toHaveValue('Theirs.'))

  held.course = { ...held.course, description: 'Theirs again.', version: 12 }
  await user.type(text, ' Mine.')
  await user.click(await screen.findByRole('button', { name: 'Keep mine' }))
  expect(await screen.findByText(/^Saved \d/)).toBeVisible()
  expect(held.course.description).toBe('Theirs. Mine.')
})

it('moves an item into another module by its menu, in one request; what came too late is told', async () => {
  const held = givenCourse()
  server.use(http.put(`*${COURSE}/outline`, () => problem(412, 'stale_version'), { once: true }))
  const { user } = renderApp(EDITOR)
  const move = async () => {
    await user.click(
      await screen.findByRole('button', { name: 'Actions for What makes a good book' }),
    )
    await user.click(await screen.findByRole('menuitem', { name: /In the classroom/ }))
  }
  await move()
  expect(await screen.findByText('The new order was not saved.')).toBeVisible()
  await move()
  await waitFor(() =>
    expect(held.sent).toEqual([
      {
        what: 'outline',
        ifMatch: '"3"',
        body: {
          modules: [
            { id: 'module-1', contents: [] },
            { id: 'module-2', contents: ['content-2', 'content-1'] },
          ],
        },
      },
    ]),
  )
  await waitFor(() =>
    expect(screen.queryByText('The new order was not saved.')).not.toBeInTheDocument(),
  )
})

it('adds a link to a module and opens it', async () => {
  const held = givenCourse()
  const made = makeAuthoredContent({
    id: 'content-3',
    title: 'More',
    content_type: 'LINK',
    text: null,
    url: 'https://example.org',
  })
  let body: unknown
  server.use(
    http.post(`*${COURSE}/modules/module-1/contents`, async ({ request }) => {
      body = await request.json()
      const [first, ...others] = held.course.modules
      if (first) {
        held.course = {
          ...held.course,
          modules: [{ ...first, contents: [...first.contents, made] }, ...others],
        }
      }
      return HttpResponse.json(made, { status: 201 })
    }),
  )
  const { user, router } = renderApp(EDITOR)
  await user.click(await screen.findByRole('button', { name: 'Add to Before the lesson' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Link' }))
  await waitFor(() => expect(screen.getByRole('heading', { name: 'New link' })).toHaveFocus())
  await user.type(screen.getByLabelText('Title'), 'More')
  const address = screen.getByLabelText('Web address')
  await user.type(address, 'example')
  await user.click(screen.getByRole('button', { name: 'Add to the course' }))
  expect(await screen.findByText('One thing needs your attention')).toBeVisible()

  await user.clear(address)
  await user.click(address)
  await user.paste('https://example.org')
  await user.click(screen.getByRole('button', { name: 'Add to the course' }))
  expect(await screen.findByRole('heading', { level: 2, name: 'More' })).toBeVisible()
  expect(router.state.location.search).toBe('?item=content-3')
  expect(body).toEqual({
    title: 'More',
    is_mandatory: true,
    content_type: 'LINK',
    url: 'https://example.org',
  })
})

it('names what stands in the way of publishing, and leads there', async () => {
  givenCourse({
    description: '',
    assigned_teacher_count: 0,
    modules: [
      makeModule({
        contents: [
          makeAuthoredContent({
            id: 'content-9',
            title: 'Lecture',
            content_type: 'LINK',
            url: 'https://example.org',
            text: null,
            video_status: 'FAILED',
          }),
        ],
      }),
    ],
  })
  server.use(
    http.post(`*${COURSE}/publish`, () =>
      problem(409, 'course_empty', { detail: 'Add at least one content.' }),
    ),
  )
  const { user, router } = renderApp(`${EDITOR}?item=publish`)
  await user.click(await screen.findByRole('button', { name: 'Publish the course' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Add at least one content.')
  expect(screen.getByText(/assigned to nobody/)).toBeVisible()
  expect(screen.getByText(/no description/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Look at the video' }))
  expect(router.state.location.search).toBe('?item=content-9')
})

it('assigns a course to everybody and says how many that is', async () => {
  const held = givenCourse({ assigned_to_all: false, assigned_teacher_count: 0 })
  server.use(
    http.get('*/api/teachers', ({ request }) => {
      const role = new URL(request.url).searchParams.get('role')
      const count = role === 'TEACHER' ? 11 : 1
      return HttpResponse.json({ count, next: null, previous: null, results: [] })
    }),
    http.get('*/api/teacher-groups', () =>
      HttpResponse.json({ count: 0, next: null, previous: null, results: [] }),
    ),
  )
  const { user } = renderApp(EDITOR)
  await user.click(await screen.findByRole('button', { name: 'Assign…' }))
  const dialog = await screen.findByRole('dialog', { name: 'Assign “Reading aloud”' })
  expect(within(dialog).getByText('Reaches nobody yet.')).toBeVisible()
  await user.click(within(dialog).getByRole('radio', { name: 'Everybody who teaches here' }))
  expect(await within(dialog).findByText('Reaches 13 people.')).toBeVisible()
  await user.click(within(dialog).getByRole('button', { name: 'Assign' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  expect(held.sent).toEqual([
    {
      what: 'details',
      ifMatch: '"3"',
      body: {
        assigned_to_all: true,
        assigned_groups: [],
        assigned_teachers: [],
        deadline: null,
        is_mandatory: false,
      },
    },
  ])
})
