import { Button, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnyFormat } from '../../../../shared/domain'
import { useCallMutation } from '../../api/queries'
import { DialogFooter } from '../../components/DialogFooter'
import { PathField } from '../../components/fields/PathField'
import { ProblemNotice } from '../../components/ProblemNotice'
import { ExportReportView } from '../export/ExportReportView'
import { FormatList } from '../export/FormatList'

/** Dialog that exports only the approved pairs of the selected items. */
export function ExportSelectionDialog({ ids, onClose }: { readonly ids: readonly number[]; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const [format, setFormat] = useState<AnyFormat>('mimic-it')
  const [directory, setDirectory] = useState<string | null>(null)
  const run = useCallMutation('export.start', { onError: () => undefined }) // shown below the fields
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('library.exportTitle', { count: ids.length })}
      size={640}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack>
        <FormatList format={format} onChoose={setFormat} />
        <PathField label={t('export.folder')} path={directory} onChoose={setDirectory} />
        {run.error && <ProblemNotice error={run.error} />}
        {run.data && <ExportReportView report={run.data} />}
        {run.data === null && <Text role="status">{t('export.stopped')}</Text>}
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            {t('common.close')}
          </Button>
          <Button
            disabled={!directory}
            loading={run.isPending}
            onClick={() => directory && run.mutate({ format, directory, itemIds: [...ids] })}
          >
            {t('export.start')}
          </Button>
        </DialogFooter>
      </Stack>
    </Modal>
  )
}
