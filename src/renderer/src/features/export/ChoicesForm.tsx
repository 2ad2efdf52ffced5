import { Input, Radio, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import {
  boxFamilySchema,
  type BoxFamily,
  kindsOfFormat,
  trainingKindSchema,
  type TrainingChoices,
  type TrainingFormatId,
  type TrainingKind,
} from '../../../../shared/domain'
import { NumberField } from '../../components/fields/NumberField'
import classes from './Export.module.css'

const families = {
  'qwen2-vl': 'Qwen2-VL',
  'qwen2.5-vl': 'Qwen2.5-VL',
  'qwen3-vl': 'Qwen3-VL',
  internvl: 'InternVL',
  llava: 'LLaVA',
} as const satisfies Record<BoxFamily, string>

interface Props {
  readonly format: TrainingFormatId
  readonly choices: TrainingChoices
  readonly onChange: (choices: TrainingChoices) => void
}

/** Options that define how pairs become rows of a training format: the kind of data, videos as frames, and additions to the texts. */
export function ChoicesForm({ format, choices, onChange }: Props) {
  const { t } = useTranslation()
  const kinds: readonly TrainingKind[] = kindsOfFormat[format]
  const kind = choices.kind ?? 'sft'
  const set = (changed: TrainingChoices) => onChange({ ...choices, ...changed })
  return (
    <Stack gap="sm">
      {kinds.length > 1 && (
        <Radio.Group
          label={t('export.kind')}
          description={t(`export.kinds.${kind}.text`)}
          value={kind}
          onChange={(value) => set({ kind: trainingKindSchema.parse(value) })}
        >
          <div className={classes.kinds}>
            {kinds.map((each) => (
              <Radio key={each} size="xs" value={each} label={t(`export.kinds.${each}.title`)} />
            ))}
          </div>
        </Radio.Group>
      )}
      {kind === 'dpo' && (
        <NumberField
          size="xs"
          label={t('export.minChange')}
          description={t('export.minChangeHint')}
          value={Math.round((choices.minChange ?? 0) * 100)}
          min={0}
          max={100}
          suffix=" %"
          onValue={(percent) => set({ minChange: percent / 100 })}
        />
      )}
      {kind === 'dpo' && (
        <Switch
          size="xs"
          label={t('export.itemDrafts')}
          description={t('export.itemDraftsHint')}
          checked={choices.itemDrafts ?? false}
          onChange={({ currentTarget }) => set({ itemDrafts: currentTarget.checked })}
        />
      )}
      <Input.Wrapper label={t('export.videos')} size="xs">
        <div className={classes.kinds}>
          <Switch
            size="xs"
            label={t('export.asFrames')}
            checked={choices.frames != null}
            onChange={({ currentTarget }) => set({ frames: currentTarget.checked ? 8 : null })}
          />
          {choices.frames != null && (
            <NumberField
              size="xs"
              w={72}
              aria-label={t('export.frames')}
              value={choices.frames}
              min={1}
              max={64}
              onValue={(frames) => set({ frames })}
            />
          )}
        </div>
      </Input.Wrapper>
      <Switch
        size="xs"
        label={t('export.reasoning')}
        checked={choices.reasoning ?? false}
        onChange={({ currentTarget }) => set({ reasoning: currentTarget.checked })}
      />
      {kind === 'sft' && (
        <Select
          size="xs"
          label={t('export.boxes')}
          description={t('export.boxesHint')}
          placeholder={t('export.noBoxes')}
          data={boxFamilySchema.options.map((value) => ({ value, label: families[value] }))}
          value={choices.boxes ?? null}
          clearable
          clearButtonProps={{ 'aria-label': t('export.noBoxes') }}
          onChange={(value) => set({ boxes: value === null ? null : boxFamilySchema.parse(value) })}
        />
      )}
      <Textarea
        size="xs"
        autosize
        maxRows={6}
        label={t('export.system')}
        placeholder={t('export.noSystem')}
        value={choices.system ?? ''}
        onChange={({ currentTarget }) => set({ system: currentTarget.value || null })}
      />
      {format === 'hugging-face' && (
        <>
          <TextInput
            size="xs"
            label={t('export.license')}
            placeholder="cc-by-4.0"
            value={choices.license ?? ''}
            onChange={({ currentTarget }) => set({ license: currentTarget.value || null })}
          />
          <TextInput
            size="xs"
            label={t('export.url')}
            value={choices.url ?? ''}
            onChange={({ currentTarget }) => set({ url: currentTarget.value || null })}
          />
        </>
      )}
    </Stack>
  )
}
