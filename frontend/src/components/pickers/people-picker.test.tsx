import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { type ReactNode, useState } from 'react'
import { beforeEach, expect, it } from 'vitest'
import { givenSession, problem } from '@/testing/api'
import { faults } from '@/testing/axe'
import { makeUser } from '@/testing/factories'
import { server } from '@/testing/server'
import { PeoplePicker, PersonPicker } from './people-picker'

const amina = makeUser()
const ben = makeUser({
  id: '01920000-0000-7000-8000-000000000002',
  first_name: 'Ben',
  last_name: 'Adler',
  email: 'ben@greenfield.test',
  department: 'Science',
})
const gone = '01920000-0000-7000-8000-000000000003'

const asked: string[] = []

beforeEach(() => {
  givenSession({ role: 'SCHOOL_ADMIN' })
  asked.length = 0
  server.use(
    http.get('*/api/teachers', ({ request }) => {
      const search = new URL(request.url).searchParams.get('search') ?? ''
      asked.push(search)
      const results = [amina, ben].filter(({ first_name }) => first_name.startsWith(search))
      return HttpResponse.json({
        count: search ? results.length : 57,
        next: null,
        previous: null,
        results,
      })
    }),
    http.get('*/api/teachers/:id', ({ params }) =>
      params.id === ben.id ? HttpResponse.json(ben) : problem(404, 'not_found'),
    ),
  )
})

function show(children: ReactNode) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  return render(<QueryClientProvider client={queries}>{children}</QueryClientProvider>)
}

function Recipients({ start }: { start: string[] }) {
  const [ids, setIds] = useState(start)
  return <PeoplePicker label="Recipients" value={ids} onChange={setIds} />
}

function Owner() {
  const [id, setId] = useState<string | null>(ben.id)
  return (
    <>
      <PersonPicker label="Owner" value={id} onChange={setId} />
      <output>{id}</output>
    </>
  )
}

const tags = () => screen.queryAllByRole('listitem').map(({ textContent }) => textContent)

it('finds people by typing, keeps who is chosen in sight, and takes them out again', async () => {
  const user = userEvent.setup()
  const { container } = show(<Recipients start={[]} />)
  expect(await screen.findByText('2 of 57 shown. Type more to find the others.')).toBeVisible()
  const search = screen.getByRole('searchbox', { name: 'Search: Recipients' })
  await user.type(search, 'Ben{Enter}')
  await waitFor(() => expect(asked).toEqual(['', 'Ben']))
  await waitFor(() => expect(screen.getAllByRole('checkbox')).toHaveLength(1))
  await user.click(screen.getByRole('checkbox', { name: 'Ben Adler' }))
  expect(tags()).toEqual(['Ben Adler'])
  expect(screen.getByText('1 chosen')).toBeVisible()

  await user.clear(search)
  await user.click(await screen.findByRole('checkbox', { name: 'Amina Okafor' }))
  expect(tags()).toEqual(['Ben Adler', 'Amina Okafor'])
  expect(await faults(container)).toEqual([])

  await user.click(screen.getByRole('button', { name: 'Remove Ben Adler' }))
  expect(tags()).toEqual(['Amina Okafor'])
  expect(screen.getByRole('checkbox', { name: 'Ben Adler' })).not.toBeChecked()
  expect(search).toHaveFocus()
})

it('names who was chosen before, and says of those who are gone that they are', async () => {
  const user = userEvent.setup()
  show(<Recipients start={[ben.id, gone]} />)
  expect(await screen.findByText('Not available any more')).toBeVisible()
  await waitFor(() => expect(tags()).toEqual(['Ben Adler', 'Not available any more']))
  await user.click(screen.getByRole('button', { name: 'Remove all' }))
  expect(screen.getByText('None chosen yet')).toBeVisible()
})

it('says when a search failed, and tries again', async () => {
  const user = userEvent.setup()
  server.use(http.get('*/api/teachers', () => problem(500, 'internal_error'), { once: true }))
  show(<Recipients start={[]} />)
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('The search failed.')
  await user.click(within(alert).getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('checkbox', { name: 'Ben Adler' })).toBeEnabled()
})

it('chooses one person', async () => {
  const user = userEvent.setup()
  show(<Owner />)
  const field = await screen.findByRole('combobox', { name: 'Owner' })
  await waitFor(() => expect(field).toHaveValue('Ben Adler'))
  await user.clear(field)
  await user.type(field, 'Ami')
  await user.click(await screen.findByRole('option', { name: /Amina Okafor/ }))
  expect(field).toHaveValue('Amina Okafor')
  expect(field).toHaveFocus()
  expect(screen.getByText(amina.id)).toBeInTheDocument()
})
