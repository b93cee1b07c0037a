import { type ChartData, writeValue } from './chart-data'

/** The same figures for whoever would rather read them, or cannot see the chart. */
export function ChartTable({ title, data }: { title: string; data: ChartData }) {
  return (
    <div
      role="region"
      aria-label={title}
      // Wide tables scroll; without a stop here they would not scroll by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="max-h-96 overflow-auto rounded-lg border border-line"
    >
      <table className="w-full text-left">
        <caption className="sr-only">{title}</caption>
        <thead>
          <tr className="border-b border-line bg-page">
            <th scope="col" className="px-3 py-2 font-semibold">
              {data.heading}
            </th>
            {data.series.map(({ label }) => (
              <th key={label} scope="col" className="px-3 py-2 text-right font-semibold">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.labels.map((label, index) => (
            <tr key={label} className="border-b border-line last:border-0">
              <th scope="row" className="px-3 py-2 font-normal">
                {label}
              </th>
              {data.series.map((series) => (
                <td key={series.label} className="px-3 py-2 text-right tabular-nums">
                  {writeValue(data, series.values[index])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
