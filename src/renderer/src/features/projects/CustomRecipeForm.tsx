import { Anchor, Button, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { GrowingTextarea } from '../../components/fields/GrowingTextarea'
import type { PromptState } from '../../../../shared/contract'
import { customRecipeSchema, outputFormSchema, type CustomRecipe } from '../../../../shared/domain'
import { DialogFooter } from '../../components/DialogFooter'
import { ProblemNotice } from '../../components/ProblemNotice'
import { useCall } from '../../api/queries'
import { badField, templateOf } from './customTemplate'
import { useSaveCustomRecipe } from './useSaveCustomRecipe'
import classes from './Projects.module.css'

interface Props {
  readonly stored: CustomRecipe
  readonly prompt: PromptState
  readonly onClose: () => void
}

/** Form for fields, output, relation and prefix, with a template that is derived from the fields until it is edited. */
export function CustomRecipeForm({ stored, prompt, onClose }: Props) {
  const { t } = useTranslation()
  const [recipe, setRecipe] = useState(stored)
  const [outputForm, setOutputForm] = useState(prompt.current.outputForm)
  const [typed, setTyped] = useState<string | null>(null)
  const found = useFieldsOfFirstItem().filter((field) => !badField([field]))
  const change = (part: Partial<CustomRecipe>) => setRecipe({ ...recipe, ...part })
  const asStored = recipe.fields.join('\n') === stored.fields.join('\n')
  const template = typed ?? (asStored ? prompt.current.contextTemplate : templateOf(recipe.fields))
  const wrong = badField(recipe.fields)
  const prefixFits = customRecipeSchema.shape.prefix.safeParse(recipe.prefix).success
  const saving = useSaveCustomRecipe(onClose)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!wrong && prefixFits) saving.mutate({ recipe, text: { ...prompt.current, outputForm, contextTemplate: template } })
  }
  const templateHint = typed !== null ? 'templateTyped' : template === prompt.current.contextTemplate ? 'templateKept' : 'templateHint'
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text c="dimmed">{t('recipe.intro')}</Text>
        <TagsInput
          label={t('recipe.fields')}
          description={`${t('recipe.fieldsHint')} ${t('recipe.fieldsAll')}`}
          data={found}
          value={recipe.fields}
          onChange={(fields) => change({ fields: fields.map((field) => field.trim()).filter(Boolean) })}
          splitChars={[',']}
          error={wrong && t('recipe.badField', { field: wrong })}
          data-autofocus
        />
        {found.length > 0 && recipe.fields.length === 0 && (
          <Anchor component="button" type="button" size="sm" ta="left" underline="always" onClick={() => change({ fields: found })}>
            {t('recipe.takeFound', { fields: found.join(', ') })}
          </Anchor>
        )}
        <div className={classes.choices}>
          <Select
            label={t('prompt.outputForm')}
            description={t(`prompt.outputFormHints.${outputForm}`)}
            data={outputFormSchema.options.map((value) => ({ value, label: t(`prompt.outputForms.${value}`) }))}
            value={outputForm}
            allowDeselect={false}
            onChange={(value) => setOutputForm(outputFormSchema.parse(value))}
          />
          <Select
            label={t('recipe.relation')}
            description={t(`recipe.relationHints.${recipe.relation}`)}
            data={customRecipeSchema.shape.relation.options.map((value) => ({ value, label: t(`recipe.relations.${value}`) }))}
            value={recipe.relation}
            allowDeselect={false}
            onChange={(value) => change({ relation: customRecipeSchema.shape.relation.parse(value) })}
          />
          <TextInput
            label={t('recipe.prefix')}
            description={prefixFits && t('recipe.prefixHint', { prefix: recipe.prefix })}
            error={!prefixFits && t('recipe.prefixWrong')}
            maxLength={12}
            value={recipe.prefix}
            onChange={(event) => change({ prefix: event.currentTarget.value.toUpperCase() })}
          />
        </div>
        <GrowingTextarea
          label={t('recipe.template')}
          description={t(`recipe.${templateHint}`)}
          classNames={{ input: classes.template }}
          minRows={5}
          maxRows={10}
          spellCheck={false}
          value={template}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {saving.error && <ProblemNotice error={saving.error} />}
        <DialogFooter>
          <Button variant="subtle" color="gray" mr="auto" onClick={() => setTyped(templateOf(recipe.fields))}>
            {t('recipe.generate')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={!!wrong || !prefixFits} loading={saving.isPending}>
            {t('recipe.save')}
          </Button>
        </DialogFooter>
      </Stack>
    </form>
  )
}

/** Returns the field names in the context of the first item, if anything has been imported. */
function useFieldsOfFirstItem(): string[] {
  const first = useCall('item.page', { filter: { state: 'all' }, after: 0, limit: 1 }).data?.items[0]
  const item = useCall('item.get', { id: first?.id ?? 1 }, { enabled: first !== undefined }).data
  return item ? Object.keys(item.context) : []
}
