import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { givenSession, problem } from '@/testing/api'
import { faults } from '@/testing/axe'
import { renderApp } from '@/testing/render-app'
import { server } from '@/testing/server'
import type { TeacherImport } from './import-queries'

const ID = '01920000-0000-7000-8000-0000000000f1'
const PERSON = '01920000-0000-7000-8000-0000000000f2'

const found: TeacherImport = {
  id: null,
  dry_run: true,
  file_name: 'new.csv',
  counts: { created: 1, skipped: 1, error: 1 },
  ignored_columns: ['shoe size'],
  rows: [
    { row: 2, email: 'nina@greenfield.test', status: 'created', user_id: null, errors: [] },
    {
      row: 3,
      email: 'old@greenfield.test',
      status: 'skipped',
      user_id: null,
      errors: [{ field: 'email', code: 'taken', message: 'There is already an account.' }],
    },
    {
      row: 4,
      email: 'bad',
      status: 'error',
      user_id: null,
      errors: [{ field: 'email', code: 'invalid', message: 'This is not an e-mail address.' }],
    },
  ],
  created_at: '2026-11-22T08:00:00.000Z',
  undo_until: null,
  undone_at: null,
}
const made: TeacherImport = {
  ...found,
  id: ID,
  dry_run: false,
  rows: found.rows.map((row) => (row.status === 'created' ? { ...row, user_id: PERSON } : row)),
  undo_until: '2099-11-23T08:00:00.000Z',
}

/** As Excel writes it where UTF-8 is unknown. */
const bytes = [...'email,first_name\nñandú\n'].map((letter) => letter.charCodeAt(0))
const file = () => new File([Uint8Array.from(bytes)], 'new.csv', { type: 'text/csv' })
const runs: boolean[] = []
const texts = new Set<string>()
let answer: () => Response

beforeEach(() => {
  givenSession({ role: 'SCHOOL_ADMIN' })
  runs.length = 0
  texts.clear()
  answer = () => HttpResponse.json(runs.at(-1) ? found : made)
  server.use(
    http.post('*/api/teachers/import', async ({ request }) => {
      // What the file says is the server's business; that all of it arrives is ours.
      const { csv, dry_run: isDryRun } = (await request.json()) as Record<string, unknown>
      texts.add(String(csv))
      runs.push(isDryRun === true)
      return answer()
    }),
  )
})

it('checks a file, imports what is fit, and takes it back', async () => {
  let undone = false
  server.use(
    http.post(`*/api/teachers/import/${ID}/undo`, () => {
      undone = true
      return HttpResponse.json({ id: ID, removed: 1, kept: 0 })
    }),
    http.get(`*/api/teachers/import/${ID}`, () =>
      HttpResponse.json({ ...made, undone_at: undone ? '2026-11-22T09:00:00.000Z' : null }),
    ),
  )
  const { user, container, router } = renderApp('/admin/teachers/import')
  await user.upload(await screen.findByLabelText(/File with your teachers/), file())
  expect(await screen.findByRole('heading', { name: 'What would happen' })).toHaveFocus()
  expect(runs).toEqual([true])
  expect(screen.getByText(/are left out: shoe size/)).toBeVisible()
  // What is wrong stands first.
  const rows = screen.getByRole('table', { name: 'Rows of the file' })
  expect(within(rows).getByText('E-mail: This is not an e-mail address.')).toBeVisible()
  expect(within(rows).queryByText('nina@greenfield.test')).toBeNull()
  await user.selectOptions(screen.getByLabelText('Show'), 'All rows (3)')
  expect(await screen.findByText('nina@greenfield.test')).toBeVisible()
  expect(await faults(container)).toEqual([])

  await user.click(screen.getByRole('button', { name: 'Import 1 person' }))
  expect(await screen.findByRole('heading', { name: '1 person has been invited' })).toHaveFocus()
  expect(runs).toEqual([true, false])
  expect([...texts]).toEqual(['email,first_name\nñandú\n'])
  expect(router.state.location.search).toBe(`?import=${ID}`)
  expect(screen.getByRole('link', { name: 'nina@greenfield.test' })).toHaveAttribute(
    'href',
    `/admin/teachers/${PERSON}`,
  )
  await user.click(screen.getByRole('button', { name: 'Take this import back' }))
  const dialog = await screen.findByRole('alertdialog', { name: 'Take this import back?' })
  await user.click(within(dialog).getByRole('button', { name: 'Take it back' }))
  expect(await screen.findByText('1 person was removed.')).toBeVisible()
  expect(await screen.findByText(/This import was taken back/)).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Take this import back' })).toBeNull()
})

it.each([
  [
    () =>
      problem(400, 'validation_error', {
        errors: [
          { field: 'csv.first_name', code: 'required', message: '' },
          { field: 'csv.last_name', code: 'required', message: '' },
        ],
      }),
    'The first row must name the columns. Missing: first_name, last_name.',
  ],
  [
    () =>
      problem(400, 'validation_error', {
        errors: [{ field: 'csv', code: 'too_long', message: '' }],
      }),
    'These are too many people. Import at most 2,000 at once.',
  ],
])('says why a file cannot be used', async (refuse, words) => {
  answer = refuse
  const { user } = renderApp('/admin/teachers/import')
  await user.upload(await screen.findByLabelText(/File with your teachers/), file())
  await waitFor(() => expect(screen.getByText(words)).toBeVisible())
})
