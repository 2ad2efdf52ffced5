import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventPayload } from '../../../../shared/contract'
import { on } from '../../api/api'
import { useCallMutation } from '../../api/queries'

/** Progress of the import, with a button to cancel it. */
export function ImportProgress() {
  const { t } = useTranslation()
  const [progress, setProgress] = useState<EventPayload<'import.progress'>>({ done: 0, total: null, problems: 0 })
  const cancel = useCallMutation('import.cancel')
  useEffect(() => on('import.progress', setProgress), [])
  const { done, total, problems } = progress
  return (
    <Stack>
      <Progress.Root size="md">
        <Progress.Section
          value={total ? Math.floor((100 * done) / total) : 100}
          striped={!total}
          animated={!total}
          aria-label={t('library.importing')}
        />
      </Progress.Root>
      <Group justify="space-between">
        <Text className="numbers">
          {total ? t('library.importDoneOf', { done, total }) : t('library.importDone', { done })}
          {problems > 0 && `, ${t('library.importProblems', { count: problems })}`}
        </Text>
        <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({})}>
          {t('library.importStop')}
        </Button>
      </Group>
    </Stack>
  )
}
