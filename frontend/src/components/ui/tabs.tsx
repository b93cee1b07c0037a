import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs'

interface TabsProps {
  label: string
  tabs: { id: string; title: string; content: ReactNode }[]
  /** Which is open, where the page decides; otherwise the person alone does. */
  selected?: string
  onSelect?: (id: string) => void
}

export function Tabs({ label, tabs, selected, onSelect }: TabsProps) {
  return (
    <AriaTabs
      selectedKey={selected}
      onSelectionChange={onSelect && ((key) => onSelect(String(key)))}
      className="flex min-h-0 flex-1 flex-col"
    >
      <TabList aria-label={label} className="flex gap-1 border-b border-line px-2">
        {tabs.map(({ id, title }) => (
          <Tab
            key={id}
            id={id}
            className="-mb-px flex min-h-11 cursor-pointer items-center rounded-t-md border-b-3 border-transparent px-3 font-semibold text-ink-soft hover:text-ink data-[selected]:border-brand-strong data-[selected]:text-ink"
          >
            {title}
          </Tab>
        ))}
      </TabList>
      {tabs.map(({ id, content }) => (
        <TabPanel key={id} id={id} className="flex min-h-0 flex-1 flex-col rounded-b-xl">
          {content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
