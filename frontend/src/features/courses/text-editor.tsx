import { type ClipboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef } from 'react'
import { boxClass, describedBy, FieldError } from '@/components/ui/field'
import { tidyHtml, tidyMarkup } from './tidy-html'
import { WritingToolbar } from './writing-toolbar'

interface TextEditorProps {
  label: string
  /** What it begins with; later it is the person's. For another text give it another `key`. */
  html: string
  error?: string | undefined
  /** Empty when nothing can be read in it. */
  onChange: (html: string) => void
  /** For the focus only. */
  ref?: Ref<{ focus: () => void }>
}

/** How the text looks here is how teachers will see it. */
const LOOK =
  '[&_a]:text-brand-strong [&_a]:underline [&_blockquote]:my-4 [&_blockquote]:border-l-4 [&_blockquote]:border-line [&_blockquote]:pl-4 [&_h2]:mt-5 [&_h2]:mb-2 [&_h2]:text-xl [&_h2]:font-bold [&_h3]:mt-4 [&_h3]:mb-2 [&_h3]:text-lg [&_h3]:font-bold [&_ol]:my-3 [&_ol]:list-decimal [&_ol]:pl-6 [&_p]:my-3 [&_ul]:my-3 [&_ul]:list-disc [&_ul]:pl-6'

/** What is copied elsewhere comes in without its looks. */
const paste = (event: ClipboardEvent) => {
  const copied = event.clipboardData.getData('text/html')
  // Plain text comes in by itself.
  if (!copied) return
  event.preventDefault()
  const box = document.createElement('div')
  box.append(...tidyHtml(copied))
  document.execCommand('insertHTML', false, box.innerHTML)
}

/** A text with a few formats, written as it will be read. */
export function TextEditor({ label, html, error, onChange, ref }: TextEditorProps) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  useImperativeHandle(ref, () => ({ focus: () => box.current?.focus() }))

  useEffect(() => {
    box.current?.replaceChildren(...tidyHtml(html || '<p><br></p>'))
    // Elsewhere Enter makes boxes, which are no paragraphs.
    document.execCommand?.('defaultParagraphSeparator', false, 'p')
    // What it begins with only.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])

  const tell = () => onChange(tidyMarkup(box.current?.innerHTML ?? ''))
  return (
    <div>
      <p id={`${id}-label`} className="mb-1.5 font-semibold">
        {label}
      </p>
      <div className={boxClass(error, 'p-0!')}>
        <WritingToolbar box={box} controls={id} onChange={tell} />
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it is a text box */}
        <div
          ref={box}
          id={id}
          role="textbox"
          tabIndex={0}
          aria-multiline="true"
          aria-labelledby={`${id}-label`}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, { error })}
          contentEditable
          suppressContentEditableWarning
          onInput={tell}
          onPaste={paste}
          className={`max-h-[60vh] min-h-56 overflow-y-auto rounded-b-lg px-4 py-1 ${LOOK}`}
        />
      </div>
      {error && <FieldError id={id}>{error}</FieldError>}
    </div>
  )
}
