import type { ChartData } from './chart-data'
import { LazyChart } from './lazy-chart'

/** Parts of a whole: the first series, one part per label. Belongs into a ChartFigure. */
export const DoughnutChart = ({ data }: { data: ChartData }) => (
  <LazyChart kind="doughnut" data={data} />
)
