import { formatNumber } from '@/lib/format'

/** What a chart and its table show. */
export interface ChartData {
  /** What the labels are: "Month", "Course". */
  heading: string
  labels: readonly string[]
  /** One value per label. `null` is "not known", which is not the same as 0. */
  series: readonly { label: string; values: readonly (number | null)[] }[]
  /** How a value is written; a plain number without it. */
  format?: (value: number) => string
}

/** Whether anything is known. A row of zeros is something. */
export const hasData = ({ series }: ChartData): boolean =>
  series.some(({ values }) => values.some((value) => value !== null))

export function writeValue({ format }: ChartData, value: number | null | undefined): string {
  if (value === null || value === undefined) return '–'
  return (format ?? formatNumber)(value)
}
