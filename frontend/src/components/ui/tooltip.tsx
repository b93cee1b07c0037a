import type { ComponentProps } from 'react'
import { Focusable, Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components/Tooltip'

interface TooltipProps {
  /** A few words. Nobody on a touch screen sees them, so they only add to what is there. */
  text: string
  /** One button or link, which has a name of its own. */
  children: ComponentProps<typeof Focusable>['children']
}

/** Words beside a control while a pointer or the focus is on it. Escape closes it. */
export function Tooltip({ text, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={100}>
      <Focusable>{children}</Focusable>
      <AriaTooltip
        offset={6}
        className="max-w-64 rounded-md bg-night px-2.5 py-1.5 text-sm text-white shadow-lg data-[entering]:animate-fade-in"
      >
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  )
}
