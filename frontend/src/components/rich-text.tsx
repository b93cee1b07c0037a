import { createElement, Fragment, type ReactNode, useMemo } from 'react'
import { safeHref } from '@/lib/safe-href'

/** What a lesson's text may be made of, and how it looks here. The page's own headings are h1 and h2. */
const ELEMENTS: Record<string, { tag: string; className?: string }> = {
  P: { tag: 'p', className: 'my-3' },
  DIV: { tag: 'div', className: 'my-3' },
  H1: { tag: 'h2', className: 'mt-6 mb-2 text-xl font-bold' },
  H2: { tag: 'h2', className: 'mt-6 mb-2 text-xl font-bold' },
  H3: { tag: 'h3', className: 'mt-5 mb-2 text-lg font-bold' },
  H4: { tag: 'h4', className: 'mt-4 mb-2 font-bold' },
  UL: { tag: 'ul', className: 'my-3 list-disc space-y-1 pl-6' },
  OL: { tag: 'ol', className: 'my-3 list-decimal space-y-1 pl-6' },
  LI: { tag: 'li' },
  BLOCKQUOTE: { tag: 'blockquote', className: 'border-line text-ink-soft my-4 border-l-4 pl-4' },
  PRE: { tag: 'pre', className: 'bg-page my-3 overflow-x-auto rounded-lg p-4 text-sm' },
  CODE: { tag: 'code', className: 'bg-page rounded px-1' },
  STRONG: { tag: 'strong' },
  B: { tag: 'strong' },
  EM: { tag: 'em' },
  I: { tag: 'em' },
  U: { tag: 'u' },
  S: { tag: 's' },
  SUB: { tag: 'sub' },
  SUP: { tag: 'sup' },
}

function toReact(node: Node, key: number): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent
  if (!(node instanceof Element)) return null
  const children = [...node.childNodes].map(toReact)
  if (node.tagName === 'BR') return <br key={key} />
  if (node.tagName === 'HR') return <hr key={key} className="my-6 border-line" />
  if (node.tagName === 'A') {
    const href = safeHref(node.getAttribute('href'))
    if (!href) return <Fragment key={key}>{children}</Fragment>
    return (
      <a
        key={key}
        href={href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="font-medium text-brand-strong underline underline-offset-4"
      >
        {children}
      </a>
    )
  }
  // Their text is code or style, not words.
  if (['SCRIPT', 'STYLE', 'TEMPLATE'].includes(node.tagName)) return null
  const known = ELEMENTS[node.tagName]
  return known
    ? createElement(known.tag, { key, className: known.className }, ...children)
    : createElement(Fragment, { key }, ...children)
}

/**
 * A lesson's text. The server has sanitised it; here it becomes React elements from a list of known
 * ones, with none of its attributes but the target of links, so no markup ever reaches the page.
 */
export function RichText({ html }: { html: string }) {
  const content = useMemo(() => {
    // A parsed document is inert: nothing in it loads or runs.
    const { body } = new DOMParser().parseFromString(html, 'text/html')
    return [...body.childNodes].map(toReact)
  }, [html])
  return <div className="max-w-prose whitespace-pre-line *:first:mt-0 *:last:mb-0">{content}</div>
}
