import type { ChartData } from './chart-data'
import { LazyChart } from './lazy-chart'

/** How something goes on over time. Lines differ by marker and dashes too. Belongs into a ChartFigure. */
export const LineChart = ({ data, max }: { data: ChartData; max?: number }) => (
  <LazyChart kind="line" data={data} max={max} />
)
