import { Modal, Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ProblemNotice } from '../../components/ProblemNotice'
import { useCall } from '../../api/queries'
import { dialogs } from '../../app/state/dialogs'
import { CustomRecipeForm } from './CustomRecipeForm'

/** Dialog that creates or changes the custom recipe of the open project. */
export function CustomRecipeDialog() {
  const { t } = useTranslation()
  const opened = dialogs.use((state) => state.customRecipe)
  const close = () => dialogs.set({ customRecipe: false })
  return (
    <Modal opened={opened} onClose={close} title={t('recipe.title')} size="xl" closeButtonProps={{ 'aria-label': t('common.close') }}>
      <LoadedForm onClose={close} />
    </Modal>
  )
}

function LoadedForm({ onClose }: { readonly onClose: () => void }) {
  const recipe = useCall('recipe.custom', {})
  const prompt = useCall('prompt.get', {})
  const error = recipe.error ?? prompt.error
  if (error)
    return (
      <ProblemNotice
        error={error}
        onRetry={() => {
          void recipe.refetch()
          void prompt.refetch()
        }}
      />
    )
  if (!recipe.data || !prompt.data) return <Skeleton h={320} />
  return <CustomRecipeForm stored={recipe.data} prompt={prompt.data} onClose={onClose} />
}
