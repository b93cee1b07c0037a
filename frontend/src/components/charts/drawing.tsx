import {
  ArcElement,
  BarController,
  BarElement,
  CategoryScale,
  Chart as ChartJs,
  type ChartDataset,
  type ChartOptions,
  DoughnutController,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js'
import { Chart } from 'react-chartjs-2'
import { writeValue } from './chart-data'
import { DASHES, fill, type Look, MARKERS, readLook } from './chart-look'
import type { DrawingProps } from './lazy-chart'

ChartJs.register(
  ArcElement,
  BarController,
  BarElement,
  CategoryScale,
  DoughnutController,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
)

type Kind = DrawingProps['kind']

function datasets({ kind, data }: DrawingProps, look: Look): ChartDataset<Kind>[] {
  return data.series.map(({ label, values }, index): ChartDataset<Kind> => {
    const color = look.series[index % look.series.length] ?? look.text
    const shared = { label, data: [...values] }
    if (kind === 'line') {
      return {
        ...shared,
        borderColor: color,
        backgroundColor: color,
        borderWidth: 2.5,
        borderDash: DASHES[index % DASHES.length] ?? [],
        pointStyle: MARKERS[index % MARKERS.length] ?? 'circle',
        pointRadius: 4,
        pointHoverRadius: 6,
        tension: 0.2,
      }
    }
    if (kind === 'bar') {
      return {
        ...shared,
        backgroundColor: fill(look, index),
        borderColor: color,
        borderWidth: 1,
        borderRadius: 4,
        maxBarThickness: 44,
      }
    }
    return {
      ...shared,
      backgroundColor: data.labels.map((_, part) => fill(look, part)),
      borderColor: look.surface,
      borderWidth: 3,
    }
  })
}

/** Longer names would take the room of what is drawn; the tooltip and the table have all of them. */
const LONGEST_NAME = 24

const shorten = (name: string) =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1).trimEnd()}…` : name

function options(props: DrawingProps, look: Look): ChartOptions<Kind> {
  const { kind, data, max, stacked = false, horizontal = false } = props
  const isRound = kind === 'doughnut'
  const font = { family: look.font, size: 13 }
  const values = {
    stacked,
    beginAtZero: true,
    ...(max === undefined ? {} : { suggestedMax: max }),
    border: { display: false },
    grid: { color: look.line },
    ticks: {
      color: look.text,
      font,
      // Half a person is none.
      precision: 0,
      maxTicksLimit: 6,
      callback: (value: number | string) => writeValue(data, Number(value)),
    },
  }
  const names = {
    stacked,
    grid: { display: false },
    ticks: {
      color: look.text,
      font,
      autoSkip: !horizontal,
      maxRotation: 40,
      callback: (_: number | string, index: number) => shorten(data.labels[index] ?? ''),
    },
  }
  return {
    responsive: true,
    maintainAspectRatio: false,
    // Figures that move say no more, and are in the way of whoever looks at once.
    animation: false,
    indexAxis: horizontal ? 'y' : 'x',
    interaction: { mode: isRound ? 'nearest' : 'index', intersect: isRound },
    ...(isRound ? { cutout: '62%' } : {}),
    scales: isRound ? {} : horizontal ? { x: values, y: names } : { x: names, y: values },
    plugins: {
      legend: {
        display: isRound || data.series.length > 1,
        position: 'bottom',
        // Hiding a series by a click would be there for the mouse only, and the sentence above would not fit.
        onClick: () => undefined,
        labels: {
          color: look.text,
          font,
          padding: 16,
          boxHeight: kind === 'line' ? 8 : 14,
          usePointStyle: kind === 'line',
        },
      },
      tooltip: {
        bodyFont: font,
        titleFont: { ...font, weight: 'bold' },
        callbacks: {
          label: ({ dataset, label, raw }) =>
            `${isRound ? label : (dataset.label ?? '')}: ${writeValue(data, typeof raw === 'number' ? raw : null)}`,
        },
      },
    },
  }
}

/** Everything of Chart.js that we use, in one chunk. */
export function Drawing(props: DrawingProps) {
  const look = readLook()
  return (
    <Chart
      type={props.kind}
      role="img"
      aria-labelledby={props.labelledBy}
      data={{ labels: [...props.data.labels], datasets: datasets(props, look) }}
      options={options(props, look)}
    />
  )
}
