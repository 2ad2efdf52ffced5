import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RecipeId } from '../../../../shared/domain'
import { useCallMutation } from '../../api/queries'
import { dialogs } from '../../app/state/dialogs'
import { ImportForm } from './ImportForm'
import { ImportProgress } from './ImportProgress'
import { ImportReportView } from './ImportReportView'

/** Import dialog in three steps: source (by default the recipe's native format), progress, report. It stays open while the import runs. */
export function ImportDialog({ recipe }: { readonly recipe: RecipeId }) {
  const { t } = useTranslation()
  const opened = dialogs.use((state) => state.import)
  const run = useCallMutation('import.start', {
    onError: () => undefined, // shown in the form
  })
  const close = () => {
    if (run.isPending) return
    dialogs.set({ import: false })
    run.reset()
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('library.importTitle')}
      size={900}
      closeOnClickOutside={false}
      withCloseButton={!run.isPending}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {run.isPending ? (
        <ImportProgress />
      ) : run.data ? (
        <ImportReportView report={run.data} onMore={run.reset} onDone={close} />
      ) : (
        <ImportForm recipe={recipe} last={run.variables} error={run.error} onStart={run.mutate} onCancel={close} />
      )}
    </Modal>
  )
}
