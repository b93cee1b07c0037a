import { PlusIcon } from '@heroicons/react/24/outline'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SaveStatus } from '@/components/save-status'
import { Button } from '@/components/ui/button'
import { TextArea } from '@/components/ui/text-area'
import { TextField } from '@/components/ui/text-field'
import { updateModule } from '@/lib/api/operations'
import { useEditorAddress } from './editor-address'
import { inTurn } from './in-turn'
import { addActions } from './kinds'
import { MAX_DESCRIPTION, MAX_TITLE } from './limits'
import { Pane } from './pane'
import { keepModule, type Module } from './queries'
import { RemoveDialog } from './remove-dialog'
import { useFields } from './use-fields'

const fieldsOf = ({ title, description }: Module) => ({ title, description })

/** One module: its name, what it is about, and what can be put into it. */
export function ModulePane({ courseId, module }: { courseId: string; module: Module }) {
  const { t } = useTranslation('courses')
  const { add } = useEditorAddress()
  const queries = useQueryClient()
  const [isRemoving, setRemoving] = useState(false)
  const { values, set, errorOf, autosave, adopt } = useFields({
    server: fieldsOf(module),
    problems: ({ title, description }) => ({
      ...(title.trim() === '' && { title: t('module.nameMissing') }),
      ...(description.length > MAX_DESCRIPTION && {
        description: t('details.tooLong', { limit: MAX_DESCRIPTION }),
      }),
    }),
    send: (changes) =>
      inTurn(courseId, async () => {
        const { data } = await updateModule({
          path: { course_id: courseId, module_id: module.id },
          body: changes,
        })
        keepModule(queries, courseId, data)
        return fieldsOf(data)
      }),
  })
  return (
    <Pane
      eyebrow={t('module.heading')}
      title={module.title}
      status={<SaveStatus autosave={autosave} onReload={() => adopt(fieldsOf(module))} />}
    >
      <div className="space-y-5">
        <TextField
          label={t('module.name')}
          value={values.title}
          maxLength={MAX_TITLE}
          autoComplete="off"
          error={errorOf('title')}
          onChange={(event) => set('title', event.target.value)}
        />
        <TextArea
          label={t('module.description')}
          hint={t('module.descriptionHint')}
          optional
          value={values.description}
          rows={3}
          error={errorOf('description')}
          onChange={(event) => set('description', event.target.value)}
        />
        <div role="group" aria-labelledby="add-to-module">
          <h3 id="add-to-module" className="mb-2 font-semibold">
            {t('module.add')}
          </h3>
          <div className="grid gap-3 sm:grid-cols-2">
            {addActions(t, (kind) => add(kind, module.id)).map(
              ({ id, label, icon: Icon, onAction }) => (
                <Button key={id} look="secondary" onClick={onAction} className="justify-start">
                  <PlusIcon aria-hidden="true" className="size-4" />
                  <Icon aria-hidden="true" className="size-5 text-ink-soft" />
                  {label}
                </Button>
              ),
            )}
          </div>
        </div>
        <Button look="quiet" className="-ml-4 text-danger" onClick={() => setRemoving(true)}>
          {t('module.delete')}
        </Button>
      </div>
      {isRemoving && (
        <RemoveDialog courseId={courseId} removal={{ module }} onClose={() => setRemoving(false)} />
      )}
    </Pane>
  )
}
