/** What a text may be made of: the same that the server lets through. */
const KEPT = new Set(
  'P H2 H3 H4 UL OL LI BLOCKQUOTE PRE HR BR A B STRONG I EM U S SUB SUP CODE'.split(' '),
)
/** Headings of a page that was copied from are no larger here than ours. */
const RENAMED: Record<string, string> = { H1: 'H2', H5: 'H4', H6: 'H4', DIV: 'P' }
const DROPPED = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'HEAD', 'TITLE', 'META', 'LINK', 'IFRAME'])
const BLOCKS = 'p, h2, h3, h4, ul, ol, blockquote, pre, hr'

const isBlank = (node: Node): boolean => (node.textContent ?? '').trim() === ''

const isSafe = (href: string | null): href is string =>
  href !== null && /^(https?:|mailto:)/i.test(href.trim())

function tidyNode(node: Node): Node[] {
  if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.textContent ?? '')]
  if (!(node instanceof Element) || DROPPED.has(node.tagName)) return []
  const children = [...node.childNodes].flatMap(tidyNode)
  const name = RENAMED[node.tagName] ?? node.tagName
  if (!KEPT.has(name)) return children
  const kept = document.createElement(name)
  kept.append(...children)
  if (name === 'P') {
    // A paragraph cannot hold blocks; a copied page wraps everything into boxes.
    if (kept.querySelector(BLOCKS)) return children
    if (isBlank(kept) && !kept.querySelector('br')) return []
  }
  if (name === 'A') {
    const href = node.getAttribute('href')
    if (!isSafe(href)) return children
    kept.setAttribute('href', href)
  }
  return [kept]
}

/** Only what a text may be made of, with no attributes but the targets of links. Nothing in it loads or runs. */
export function tidyHtml(html: string): Node[] {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  return [...body.childNodes].flatMap(tidyNode)
}

/** The same as text, all of it in paragraphs or other blocks; empty when nothing can be read in it. */
export function tidyMarkup(html: string): string {
  const box = document.createElement('div')
  let line: HTMLElement | null = null
  for (const node of tidyHtml(html)) {
    if (node instanceof Element && node.matches(BLOCKS)) {
      line = null
      box.append(node)
    } else if (line || !isBlank(node)) {
      if (!line) box.append((line = document.createElement('p')))
      line.append(node)
    }
  }
  return isBlank(box) ? '' : box.innerHTML
}
