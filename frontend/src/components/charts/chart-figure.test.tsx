import { render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { formatPercent } from '@/lib/format'
import { faults } from '@/testing/axe'
import { BarChart } from './bar-chart'
import type { ChartData } from './chart-data'
import { ChartFigure } from './chart-figure'
import { DoughnutChart } from './doughnut-chart'
import { LineChart } from './line-chart'

const trend: ChartData = {
  heading: 'Month',
  labels: ['October', 'November'],
  series: [
    { label: 'Completed', values: [40, 62] },
    { label: 'Started', values: [0, null] },
  ],
  format: formatPercent,
}

it('shows a chart with its sentence, and its figures as a table', async () => {
  const user = userEvent.setup()
  const { container } = render(
    <ChartFigure title="Completion" summary="It rose from 40 % to 62 %." table={trend}>
      <LineChart data={trend} max={100} />
    </ChartFigure>,
  )
  expect(screen.getByRole('figure')).toHaveTextContent('It rose from 40 % to 62 %.')
  expect(await screen.findByRole('img', { name: 'Completion' })).toHaveAttribute(
    'data-kind',
    'line',
  )
  expect(await faults(container)).toEqual([])

  await user.click(screen.getByRole('button', { name: 'Show as table' }))
  const rows = within(screen.getByRole('table', { name: 'Completion' })).getAllByRole('row')
  // Nobody started is told apart from nobody knows.
  expect(rows.map((row) => [...row.children].map(({ textContent }) => textContent))).toEqual([
    ['Month', 'Completed', 'Started'],
    ['October', '40%', '0%'],
    ['November', '62%', '–'],
  ])
  expect(await faults(container)).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Show as chart' }))
  expect(await screen.findByRole('img', { name: 'Completion' })).toBeVisible()
})

it('draws zeros, but says so where nothing is known', async () => {
  const zero = { ...trend, series: [{ label: 'Completed', values: [0, 0] }] }
  const { rerender } = render(
    <ChartFigure title="Completion" summary="Nobody completed anything." table={zero}>
      <BarChart data={zero} horizontal />
    </ChartFigure>,
  )
  expect(await screen.findByRole('img')).toHaveAttribute('data-kind', 'bar')
  const nothing = { ...trend, labels: [], series: [{ label: 'Completed', values: [] }] }
  rerender(
    <ChartFigure
      title="Completion"
      summary="Nobody completed anything."
      table={nothing}
      empty="Assign a course to see how it goes."
    >
      <DoughnutChart data={nothing} />
    </ChartFigure>,
  )
  expect(screen.getByText('Assign a course to see how it goes.')).toBeVisible()
  expect(screen.queryByText('Nobody completed anything.')).not.toBeInTheDocument()
  expect(screen.queryByRole('button')).not.toBeInTheDocument()
})
