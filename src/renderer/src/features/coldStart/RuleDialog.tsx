import { Button, Group, Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { defaultColdStartRule, type ColdStart, type ColdStartRule } from '../../../../shared/domain'
import { NumberField } from '../../components/fields/NumberField'
import { useSaveColdStart } from './useColdStart'
import classes from './ColdStart.module.css'

interface Props {
  readonly opened: boolean
  readonly coldStart: ColdStart
  readonly onClose: () => void
}

/** Dialog that adjusts when the exemplars of this project are good enough. */
export function RuleDialog({ opened, coldStart, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={t('coldStart.ruleTitle')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <RuleForm coldStart={coldStart} onClose={onClose} />
    </Modal>
  )
}

function RuleForm({ coldStart, onClose }: Omit<Props, 'opened'>) {
  const { t } = useTranslation()
  const [rule, setRule] = useState(coldStart.rule)
  const { save, isPending } = useSaveColdStart(onClose)
  const change = (part: Partial<ColdStartRule>) => setRule({ ...rule, ...part })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save(rule, coldStart.closedAt !== null)
      }}
    >
      <div className={classes.fields}>
        <NumberField
          label={t('coldStart.ruleAccepted')}
          value={rule.accepted}
          min={1}
          max={1000}
          onValue={(accepted) => change({ accepted })}
        />
        <NumberField label={t('coldStart.ruleItems')} value={rule.items} min={1} max={1000} onValue={(items) => change({ items })} />
        <NumberField
          label={t('coldStart.ruleShare')}
          value={Math.round(rule.share * 100)}
          min={0}
          max={100}
          step={5}
          onValue={(percent) => change({ share: percent / 100 })}
        />
        <NumberField label={t('coldStart.ruleWindow')} value={rule.window} min={1} max={1000} onValue={(window) => change({ window })} />
      </div>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="subtle" color="gray" mr="auto" onClick={() => setRule(defaultColdStartRule)}>
          {t('coldStart.standardRule')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={isPending}>
          {t('coldStart.saveRule')}
        </Button>
      </Group>
    </form>
  )
}
