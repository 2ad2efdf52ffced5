import { Button, Group, Modal, Skeleton, Stack, Switch, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LintFinding } from '../../../../shared/contract'
import { MainText } from '../../components/text/MainText'
import { inWindowLanguage } from '../../i18n/inWindowLanguage'
import { ProblemNotice } from '../../components/ProblemNotice'
import { Verbatim } from '../../components/text/Verbatim'
import { showDone } from '../../components/showProblem'
import { useCall, useCallMutation } from '../../api/queries'
import { promptDraft } from './promptDraft'
import classes from './Prompt.module.css'
import { ShownText } from '../../components/text/ShownText'

interface Props {
  /** Path of the prompt file; null while the dialog is closed. */
  readonly path: string | null
  readonly onClose: () => void
}

/** Dialog that shows the contents of a prompt file, its problems and their repair before it is imported. */
export function ImportPromptDialog({ path, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={path !== null}
      onClose={onClose}
      title={t('prompt.importTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {path !== null && <FileReport path={path} onClose={onClose} />}
    </Modal>
  )
}

function FileReport({ path, onClose }: { readonly path: string; readonly onClose: () => void }) {
  const { t } = useTranslation()
  // Not cached: the file may have changed since it was last read.
  const [repair, setRepair] = useState(true)
  const repaired = useCall('prompt.readFile', { path, repair: true }, { gcTime: 0, staleTime: 0 })
  const asItIs = useCall('prompt.readFile', { path, repair: false }, { gcTime: 0, staleTime: 0 })
  const file = repair ? repaired : asItIs
  const take = useCallMutation('prompt.importFile', {
    onSuccess: (state) => {
      promptDraft.set({ text: null })
      showDone(t('prompt.imported', { id: state.current.id }))
      onClose()
    },
    onError: () => undefined, // shown below the findings
  })
  if (file.error) return <ProblemNotice error={file.error} onRetry={() => void file.refetch()} />
  if (!file.data) return <Skeleton h={160} />
  const { text, exemplars, findings } = file.data
  const canRepair = findings.some((finding) => finding.repair !== null)
  return (
    <Stack>
      <Text size="xs" c="dimmed" className="verbatim">
        <ShownText text={path} />
      </Text>
      {findings.length === 0 ? (
        <Text>{t('prompt.noFindings')}</Text>
      ) : (
        <section aria-labelledby="findings-title">
          <Title order={3} id="findings-title">
            {t('prompt.findings', { count: findings.length })}
          </Title>
          <ul className={classes.findings}>
            {findings.map((finding, index) => (
              <Finding key={index} finding={finding} />
            ))}
          </ul>
          {canRepair && (
            <Switch
              mt="sm"
              label={t('prompt.repairFile')}
              description={t('prompt.repairFileHint')}
              checked={repair}
              onChange={(event) => setRepair(event.currentTarget.checked)}
            />
          )}
        </section>
      )}
      {text ? (
        <>
          <div>
            <Text size="xs" c="dimmed" mb={4}>
              {t('prompt.systemMessage')}
            </Text>
            <Verbatim label={t('prompt.systemMessage')} text={text.systemMessage} />
          </div>
          <Text>{t('prompt.fileHolds', { count: exemplars })}</Text>
        </>
      ) : (
        <Text role="alert">{t(canRepair && !repair ? 'prompt.needsRepair' : 'prompt.unusable')}</Text>
      )}
      {take.error && <ProblemNotice error={take.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        {text && (
          <Button data-autofocus loading={take.isPending} onClick={() => take.mutate({ path, repair })}>
            {findings.length === 0 ? t('prompt.importNow') : repair ? t('prompt.importRepaired') : t('prompt.importAsItIs')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

function Finding({ finding }: { readonly finding: LintFinding }) {
  const { t } = useTranslation()
  const { kind, at, repair } = finding
  return (
    <li>
      <Text fw={500}>
        {t(`prompt.findingKinds.${kind}`)}
        {at !== null && `, ${kind === 'invalid-json' ? t('prompt.findingAtLine', { at }) : t('prompt.findingAtTurn', { at })}`}
      </Text>
      <Text className="verbatim">
        <MainText>{finding.message}</MainText>
      </Text>
      <Text c="dimmed" className="verbatim">
        <ShownText text={repair === null ? t('prompt.noRepair') : t('prompt.repair', { repair: inWindowLanguage(repair).text })} />
      </Text>
    </li>
  )
}
