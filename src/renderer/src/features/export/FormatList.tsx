import { Radio, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { anyFormatSchema, type AnyFormat } from '../../../../shared/domain'
import classes from './Export.module.css'

interface Props {
  readonly format: AnyFormat
  readonly onChoose: (format: AnyFormat) => void
}

const groups = {
  whole: ['mimic-it', 'jsonl', 'csv', 'syphus'],
  frameworks: ['llava', 'qwen', 'internvl', 'llamafactory', 'ms-swift', 'trl', 'axolotl', 'alpaca', 'chat'],
  sets: ['hugging-face', 'webdataset'],
} as const satisfies Record<string, readonly AnyFormat[]>

/** All formats by purpose; the contents and the readers of the selected format are shown below the list. */
export function FormatList({ format, onChoose }: Props) {
  const { t } = useTranslation()
  return (
    <Radio.Group label={t('export.format')} value={format} onChange={(value) => onChoose(anyFormatSchema.parse(value))}>
      {Object.entries(groups).map(([group, options]) => (
        <div key={group} role="group" aria-labelledby={`export-${group}`} className={classes.formats}>
          <Text size="xs" c="dimmed" id={`export-${group}`}>
            {t(`export.groups.${group as keyof typeof groups}`)}
          </Text>
          <div className={classes.options}>
            {options.map((option) => (
              <Radio key={option} size="xs" value={option} label={t(`export.formats.${option}.title`)} />
            ))}
          </div>
        </div>
      ))}
      <Text size="xs" c="dimmed" mt={8}>
        {t(`export.formats.${format}.text`)} {t('export.readBy')}: {t(`export.formats.${format}.readers`)}.
      </Text>
    </Radio.Group>
  )
}
