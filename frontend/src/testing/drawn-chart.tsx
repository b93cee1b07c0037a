import type { ChartProps } from 'react-chartjs-2'

/** In the place of a chart of Chart.js: as large a canvas, with nothing on it. */
export const Chart = ({ type, 'aria-labelledby': labelledBy }: ChartProps) => (
  <canvas role="img" data-kind={type} aria-labelledby={labelledBy} />
)
