import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { recipeIdSchema, type RecipeId } from '../../../../shared/domain'
import { PathField } from '../../components/PathField'
import { ProblemNotice } from '../../components/ProblemNotice'
import { useCall, useCallMutation } from '../../queries'
import { dialogs } from '../../state/dialogs'
import { useEnterProject } from '../shell/projectCalls'
import classes from './Projects.module.css'

/** Asks for name, place and recipe of a new project. */
export function NewProjectDialog() {
  const { t } = useTranslation()
  const opened = dialogs.use((state) => state.newProject)
  const close = () => dialogs.set({ newProject: false })
  return (
    <Modal opened={opened} onClose={close} title={t('projects.newTitle')} size="lg" closeButtonProps={{ 'aria-label': t('common.close') }}>
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
        <Radio.Group label={t('projects.recipe')} value={recipe} onChange={(value) => setRecipe(recipeIdSchema.parse(value))}>
          {recipeIdSchema.options.map((id) => (
            <Radio.Card key={id} value={id} className={classes.recipe} aria-label={t(`projects.recipes.${id}.title`)}>
              <Group wrap="nowrap" align="flex-start">
                <Radio.Indicator />
                <div>
                  <Text fw={500}>{t(`projects.recipes.${id}.title`)}</Text>
                  <Text size="sm">{t(`projects.recipes.${id}.text`)}</Text>
                </div>
              </Group>
            </Radio.Card>
          ))}
        </Radio.Group>
        {create.error && <ProblemNotice error={create.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={!trimmed || !folder} loading={create.isPending}>
            {t('projects.createNow')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
