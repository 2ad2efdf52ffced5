import { Button, Modal, Stack, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecipeId } from '../../../../shared/domain'
import { DialogFooter } from '../../components/DialogFooter'
import { PathField } from '../../components/fields/PathField'
import { ProblemNotice } from '../../components/ProblemNotice'
import { useCall, useCallMutation } from '../../api/queries'
import { dialogs } from '../../app/state/dialogs'
import { useEnterProject } from '../../app/projectCalls'
import { RecipeGallery } from './RecipeGallery'
import classes from './Projects.module.css'

/** Dialog that asks for the name, location and recipe of a new project. */
export function NewProjectDialog() {
  const { t } = useTranslation()
  const opened = dialogs.use((state) => state.newProject)
  const close = () => dialogs.set({ newProject: false })
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('projects.newTitle')}
      size={1000}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <NewProjectForm onClose={close} />
    </Modal>
  )
}

function NewProjectForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const enter = useEnterProject()
  const info = useCall('app.info', {})
  const [name, setName] = useState('')
  const [chosenFolder, setFolder] = useState<string | null>(null)
  const [recipe, setRecipe] = useState<RecipeId>('la')
  const create = useCallMutation('project.create', {
    onSuccess: (project) => {
      onClose()
      enter(project)
      if (project.recipe === 'custom') dialogs.set({ customRecipe: true })
    },
    onError: () => undefined, // shown below the fields
  })
  const folder = chosenFolder ?? info.data?.documents ?? ''
  const separator = folder.includes('\\') ? '\\' : '/'
  const trimmed = name.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (trimmed && folder) create.mutate({ name: trimmed, folder, recipe })
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <div className={classes.place}>
          <TextInput
            label={t('projects.name')}
            placeholder={t('projects.namePlaceholder')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={120}
            data-autofocus
            required
          />
          <PathField
            label={t('projects.folder')}
            path={folder}
            onChoose={setFolder}
            {...(trimmed && folder ? { description: t('projects.folderHint', { path: `${folder}${separator}${trimmed}.exemplar` }) } : {})}
          />
        </div>
        <RecipeGallery recipe={recipe} onChoose={setRecipe} />
        {create.error && <ProblemNotice error={create.error} />}
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={!trimmed || !folder} loading={create.isPending}>
            {t('projects.createNow')}
          </Button>
        </DialogFooter>
      </Stack>
    </form>
  )
}
