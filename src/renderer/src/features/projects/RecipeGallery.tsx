import { Radio, Text } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { recipeIdSchema, type RecipeId } from '../../../../shared/domain'
import { RecipeImage } from './RecipeImage'
import classes from './Recipes.module.css'

interface Props {
  readonly recipe: RecipeId
  readonly onChoose: (recipe: RecipeId) => void
}

/** Selection of a recipe, each with an image and its output; the arrow keys change the selection. */
export function RecipeGallery({ recipe, onChoose }: Props) {
  const { t } = useTranslation()
  return (
    <Radio.Group
      label={t('projects.recipe')}
      description={t('projects.recipeHint')}
      inputWrapperOrder={['label', 'description', 'input', 'error']}
      value={recipe}
      onChange={(value) => onChoose(recipeIdSchema.parse(value))}
    >
      <div className={classes.gallery}>
        {recipeIdSchema.options.map((id) => (
          <RecipeCard key={id} recipe={id} />
        ))}
      </div>
    </Radio.Group>
  )
}

function RecipeCard({ recipe }: { readonly recipe: RecipeId }) {
  const { t } = useTranslation()
  const textId = useId()
  const title = t(`projects.recipes.${recipe}.title`)
  return (
    <Radio.Card value={recipe} className={classes.recipe} aria-label={title} aria-describedby={textId}>
      <span className={classes.head}>
        <RecipeImage recipe={recipe} />
        <Radio.Indicator size="xs" />
      </span>
      <Text component="span" fw={500}>
        {title}
      </Text>
      <Text component="span" size="xs" id={textId}>
        {t(`projects.recipes.${recipe}.text`)}
      </Text>
    </Radio.Card>
  )
}
