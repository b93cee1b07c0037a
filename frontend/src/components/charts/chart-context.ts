import { createContext } from 'react'

/** Id of the title of the figure around a chart. */
export const ChartTitleContext = createContext<string | undefined>(undefined)
