import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PromptState } from '../../../../shared/contract'
import { useCallMutation } from '../../api/queries'
import { textOf } from './promptDraft'

/** Notice that prompts contain exemplars of a prompt file, with a button that removes them from the next version on. */
export function FileExemplars({ stored }: { readonly stored: PromptState }) {
  const { t } = useTranslation()
  const drop = useCallMutation('prompt.save')
  if (stored.fileExemplars === 0) return null
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start">
      <div>
        <Text>{t('prompt.fileExemplars', { count: stored.fileExemplars })}</Text>
        <Text size="sm" c="dimmed">
          {t('prompt.fileExemplarsHint')}
        </Text>
      </div>
      <Button
        size="xs"
        variant="default"
        flex="none"
        loading={drop.isPending}
        onClick={() => drop.mutate({ ...textOf(stored.current), dropFileExemplars: true })}
      >
        {t('prompt.dropFileExemplars')}
      </Button>
    </Group>
  )
}
