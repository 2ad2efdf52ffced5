import { Radio, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { exportFormatSchema, type ExportFormat } from '../../../../shared/domain'

interface Props {
  readonly format: ExportFormat
  readonly onChoose: (format: ExportFormat) => void
}

/** All formats, with what each holds and what reads it. */
export function FormatList({ format, onChoose }: Props) {
  const { t } = useTranslation()
  return (
    <Radio.Group label={t('export.format')} value={format} onChange={(value) => onChoose(exportFormatSchema.parse(value))}>
      <Stack gap="sm" mt="xs">
        {exportFormatSchema.options.map((option) => (
          <Radio
            key={option}
            size="xs"
            value={option}
            label={t(`export.formats.${option}.title`)}
            description={
              <>
                {t(`export.formats.${option}.text`)}
                <br />
                {t('export.readBy')}: {t(`export.formats.${option}.readers`)}.
              </>
            }
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}
