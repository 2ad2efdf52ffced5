import { Button, Radio, Select, Stack, Switch, Text } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportRequest } from '../../../../shared/contract'
import { importFormatSchema, type ImportFormat, type RecipeId } from '../../../../shared/domain'
import { canFit, hasPairs, isOnlyPairs } from '../../../../shared/imports'
import { DialogFooter } from '../../components/DialogFooter'
import { PathField } from '../../components/fields/PathField'
import { ProblemNotice } from '../../components/ProblemNotice'
import { encodings, hasEncoding, importFields, nativeFormats, requestOf, type FieldKey } from './importFields'
import classes from './Library.module.css'

interface Props {
  /** Recipe of the project: its native format is the default, and unsuitable formats are not offered. */
  readonly recipe: RecipeId
  /** The previous request, to be corrected after an error. */
  readonly last: ImportRequest | undefined
  readonly error: Error | null
  readonly onStart: (request: ImportRequest) => void
  readonly onCancel: () => void
}

const pairChoices = ['context', 'pending', 'accepted'] as const
type PairsAs = (typeof pairChoices)[number]

type Paths = Partial<Record<FieldKey | 'mediaDirectory', string>>

const directoryOf = (path: string) => path.replace(/[\\/][^\\/]*$/, '')

/** Form that asks for the format and the files of an import. */
export function ImportForm({ recipe, last, error, onStart, onCancel }: Props) {
  const { t } = useTranslation()
  const [format, setFormat] = useState<ImportFormat>(last?.format ?? nativeFormats[recipe])
  const [paths, setPaths] = useState<Paths>(last ?? {})
  const [update, setUpdate] = useState(last?.update ?? false)
  const [encoding, setEncoding] = useState(last?.encoding ?? null)
  const [isOriginal, setIsOriginal] = useState(last?.text === 'original')
  const [pairs, setPairs] = useState<PairsAs>(last?.pairs ?? 'context')
  const request = requestOf(format, paths)
  const choices = pairChoices.filter((choice) => choice !== 'context' || !isOnlyPairs(format))
  const chosen = pairs === 'context' && isOnlyPairs(format) ? 'pending' : pairs
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const text = format === 'vist' && isOriginal ? ({ text: 'original' } as const) : {}
    const asPairs = hasPairs(format) && chosen !== 'context' ? { pairs: chosen } : {}
    if (request)
      onStart({ ...request, ...text, ...asPairs, ...(update && { update }), ...(encoding !== null && hasEncoding(format) && { encoding }) })
  }
  return (
    <form onSubmit={submit}>
      <div className={classes.import}>
        <Radio.Group
          label={t('library.importFormat')}
          value={format}
          onChange={(value) => {
            setFormat(importFormatSchema.parse(value))
            setPaths({})
          }}
        >
          <div className={classes.formats}>
            {importFormatSchema.options
              .filter((option) => canFit(option, recipe))
              .map((option) => (
                <Radio
                  key={option}
                  size="xs"
                  value={option}
                  label={t(`library.formats.${option}.title`)}
                  wrapperProps={{ title: t(`library.formats.${option}.text`) }}
                />
              ))}
          </div>
        </Radio.Group>
        <Stack className={classes.files}>
          <Text size="sm" c="dimmed">
            {t(`library.formats.${format}.text`)}
          </Text>
          {importFields[format].map(({ key, label, file, ...more }) => (
            <PathField
              key={key}
              orFolder={'orFolder' in more}
              label={t(label)}
              path={paths[key] ?? null}
              file={{ name: file.name, extensions: [...file.extensions] }}
              // The media are usually next to the file.
              onChoose={(path, isFolder) =>
                setPaths((before) => ({
                  ...before,
                  [key]: path,
                  mediaDirectory: before.mediaDirectory ?? (isFolder ? path : directoryOf(path)),
                }))
              }
            />
          ))}
          <PathField
            label={t('library.mediaFolder')}
            path={paths.mediaDirectory ?? null}
            onChoose={(mediaDirectory) => setPaths((before) => ({ ...before, mediaDirectory }))}
          />
          {hasPairs(format) && (
            <Select
              label={t('library.pairsTitle')}
              {...(chosen === 'accepted' && { description: t('library.pairsText') })}
              allowDeselect={false}
              data={choices.map((value) => ({ value, label: t(`library.pairsAs.${value}`) }))}
              value={chosen}
              onChange={(value) => setPairs(pairChoices.find((choice) => choice === value) ?? 'pending')}
            />
          )}
          {hasEncoding(format) && (
            <Select
              label={t('library.encoding')}
              description={t('library.encodingText')}
              placeholder={t('library.encodingGuessed')}
              clearable
              data={encodings.map((value) => ({ value, label: t(`library.encodings.${value}`) }))}
              value={encoding}
              onChange={setEncoding}
            />
          )}
          {format === 'vist' && (
            <Switch
              label={t('library.importOriginal')}
              description={t('library.importOriginalText')}
              checked={isOriginal}
              onChange={(event) => setIsOriginal(event.currentTarget.checked)}
            />
          )}
          <Switch
            label={t('import.replaceKnown')}
            description={t('library.importUpdateText')}
            checked={update}
            onChange={(event) => setUpdate(event.currentTarget.checked)}
          />
          {error && <ProblemNotice error={error} />}
        </Stack>
      </div>
      <DialogFooter>
        <Button variant="default" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" disabled={!request}>
          {t('library.importStart')}
        </Button>
      </DialogFooter>
    </form>
  )
}
