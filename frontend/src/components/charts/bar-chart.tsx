import type { ChartData } from './chart-data'
import { LazyChart } from './lazy-chart'

interface BarChartProps {
  data: ChartData
  max?: number
  /** One bar per label, made of its series. */
  stacked?: boolean
  /** For long labels, as names of courses, and for many of them. */
  horizontal?: boolean
}

/** Things side by side. Series differ by pattern too. Belongs into a ChartFigure. */
export const BarChart = ({ data, max, stacked = false, horizontal = false }: BarChartProps) => (
  <LazyChart kind="bar" data={data} max={max} stacked={stacked} horizontal={horizontal} />
)
