import { zodResolver } from '@hookform/resolvers/zod'
import { act, screen, waitFor, within } from '@testing-library/react'
import { useForm } from 'react-hook-form'
import { useNavigate } from 'react-router'
import { expect, it, vi } from 'vitest'
import * as z from 'zod/mini'
import { ApiError } from '@/lib/api/problem'
import { setSignedOut } from '@/lib/auth/session-store'
import { givenSession } from '@/testing/api'
import { faults } from '@/testing/axe'
import { renderPart } from '@/testing/render-part'
import {
  FormCheckbox,
  FormDateField,
  FormNumberField,
  FormRadioGroup,
  FormSelect,
  FormSwitch,
  FormTextArea,
  FormTextField,
} from './fields'
import { Form } from './form'
import { SubmitButton } from './submit-button'

const schema = z.object({
  title: z.string().check(z.trim(), z.minLength(1, 'Enter a title.')),
  about: z.string(),
  hours: z.nullable(z.number('Enter a number.').check(z.gte(1, 'At least 1.'))),
  deadline: z.nullable(z.string()),
  level: z.string().check(z.minLength(1, 'Choose a level.')),
  order: z.enum(['free', 'fixed']),
  is_mandatory: z.boolean(),
  notify: z.boolean(),
})
type Values = z.infer<typeof schema>

const save = vi.fn<(values: Values) => Promise<void>>()

function CourseForm() {
  const navigate = useNavigate()
  const form = useForm({
    resolver: zodResolver(schema),
    mode: 'onTouched',
    shouldFocusError: false,
    defaultValues: {
      title: '',
      about: '',
      hours: null,
      deadline: null,
      level: '',
      order: 'free' as const,
      is_mandatory: false,
      notify: true,
    },
  })
  return (
    <Form
      form={form}
      guard
      serverNames={{ due_on: 'deadline' }}
      onSubmit={async (values) => {
        await save(values)
        await navigate('/elsewhere')
      }}
    >
      <FormTextField name="title" label="Title" hint="Teachers see it." />
      <FormTextArea name="about" label="About" optional limit={20} />
      <FormNumberField name="hours" label="Effort" unit="hours" decimal />
      <FormDateField name="deadline" label="Deadline" min="2020-01-01" />
      <FormSelect
        name="level"
        label="Level"
        placeholder="Choose a level"
        options={[
          { value: 'a', label: 'Beginners' },
          { value: 'b', label: 'Advanced' },
        ]}
      />
      <FormRadioGroup
        name="order"
        label="Order"
        options={[
          { value: 'free', label: 'Any', hint: 'As they like.' },
          { value: 'fixed', label: 'One after the other' },
        ]}
      />
      <FormCheckbox name="is_mandatory" label="Required" />
      <FormSwitch name="notify" label="Tell them" hint="By email." />
      <SubmitButton>Save</SubmitButton>
    </Form>
  )
}

const problem = (fields: ApiError['fields']) =>
  new ApiError({
    status: 400,
    code: 'validation_error',
    detail: 'Some of this cannot be.',
    fields,
    retryAfterSeconds: null,
    requestId: null,
  })

it('sums up what is missing, takes the focus there, and leads to each field', async () => {
  const { user } = renderPart(CourseForm)
  await user.type(screen.getByLabelText('Effort'), 'many')
  expect(await faults()).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Save' }))
  const summary = await screen.findByRole('group', { name: '3 things need your attention' })
  await waitFor(() => expect(summary).toHaveFocus())
  expect(
    within(summary)
      .getAllByRole('button')
      .map((link) => link.textContent),
  ).toEqual(['Title: Enter a title.', 'Effort: Enter a number.', 'Level: Choose a level.'])
  expect(await faults()).toEqual([])

  await user.click(within(summary).getByRole('button', { name: /^Title/ }))
  const title = screen.getByLabelText('Title')
  expect(title).toHaveFocus()
  expect(title).toBeInvalid()
  expect(title).toHaveAccessibleDescription('Enter a title. Teachers see it.')
  await user.click(within(summary).getByRole('button', { name: /^Level/ }))
  expect(screen.getByLabelText('Level')).toHaveFocus()
  await user.type(title, 'M')
  expect(title).toHaveAccessibleDescription('Teachers see it.')
  expect(save).not.toHaveBeenCalled()
})

it('sends what was entered, shows what the server says, and lets go when it is saved', async () => {
  const { user } = renderPart(CourseForm)
  await user.type(screen.getByLabelText('Title'), ' Maths 101 ')
  await user.type(screen.getByLabelText(/^About/), 'Counting and more')
  expect(screen.getByText('17 of 20 characters')).toBeVisible()
  await user.type(screen.getByLabelText('Effort'), '1,5')
  await user.type(screen.getByLabelText('Deadline'), '2026-12-24')
  await user.selectOptions(screen.getByLabelText('Level'), 'Advanced')
  await user.click(screen.getByRole('radio', { name: 'One after the other' }))
  await user.click(screen.getByRole('checkbox', { name: 'Required' }))
  await user.click(screen.getByRole('switch', { name: 'Tell them' }))

  save.mockRejectedValueOnce(
    problem([{ field: 'due_on', code: 'invalid', message: 'That is a holiday.' }]),
  )
  await user.click(screen.getByRole('button', { name: 'Save' }))
  const summary = await screen.findByRole('group', { name: 'One thing needs your attention' })
  await waitFor(() => expect(summary).toHaveFocus())
  expect(summary).toHaveTextContent('Deadline: That is a holiday.')
  expect(screen.getByLabelText('Deadline')).toHaveAccessibleDescription('That is a holiday.')
  expect(screen.queryByRole('alert')).toBeNull()

  save.mockRejectedValueOnce(problem([{ field: 'colour', code: 'invalid', message: 'No.' }]))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'This was not saved. Some of this cannot be.',
  )

  save.mockResolvedValueOnce()
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByRole('heading', { name: 'Elsewhere' })).toBeVisible()
  expect(save).toHaveBeenLastCalledWith({
    title: 'Maths 101',
    about: 'Counting and more',
    hours: 1.5,
    deadline: '2026-12-24',
    level: 'b',
    order: 'fixed',
    is_mandatory: true,
    notify: false,
  })
})

it('asks before changes are lost', async () => {
  const { user, router } = renderPart(CourseForm)
  const leave = () => user.click(screen.getByRole('link', { name: 'Elsewhere' }))
  await user.type(screen.getByLabelText('Title'), 'M')
  await leave()
  const question = await screen.findByRole('alertdialog', { name: 'Leave without saving?' })
  expect(await faults(question)).toEqual([])
  await user.click(within(question).getByRole('button', { name: 'Stay here' }))
  await waitFor(() => expect(question).not.toBeInTheDocument())
  expect(screen.getByLabelText('Title')).toHaveValue('M')

  const closing = new Event('beforeunload', { cancelable: true })
  dispatchEvent(closing)
  expect(closing.defaultPrevented).toBe(true)

  await leave()
  await user.click(await screen.findByRole('button', { name: 'Leave without saving' }))
  expect(await screen.findByRole('heading', { name: 'Elsewhere' })).toBeVisible()
  expect(router.state.location.pathname).toBe('/elsewhere')
})

function Note({ about }: { about: string }) {
  const form = useForm({
    resolver: zodResolver(z.object({ text: z.string(), secret: z.string() })),
    // As forms do that take what the server tells later, too.
    values: { text: 'Old.', secret: '' },
  })
  return (
    <Form form={form} about={about} onSubmit={() => undefined}>
      <FormTextField name="text" label="Text" />
      <FormTextField name="secret" label="Secret" />
      <output>{form.formState.isDirty ? 'not saved' : 'saved'}</output>
    </Form>
  )
}

const openNote = (about: string) => {
  givenSession()
  return renderPart(() => <Note about={about} />)
}
const interrupt = (page: ReturnType<typeof openNote>) => {
  act(() => setSignedOut('expired'))
  page.unmount()
}

it('is filled again after the session has ended, with what was written about the same thing', async () => {
  const first = openNote('a')
  await first.user.type(screen.getByLabelText('Text'), ' New.')
  await first.user.type(screen.getByLabelText('Secret'), 'hush')
  interrupt(first)

  const other = openNote('b')
  expect(screen.getByLabelText('Text')).toHaveValue('Old.')
  interrupt(other)

  // The second time nothing was written before the session ended again.
  for (const page of [openNote('a'), null]) {
    const again = page ?? openNote('a')
    expect(screen.getByLabelText('Text')).toHaveValue('Old. New.')
    expect(screen.getByLabelText('Secret')).toHaveValue('')
    expect(screen.getByText('not saved')).toBeVisible()
    interrupt(again)
  }
  sessionStorage.clear()
})
