import { Alert, Button, Loader, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InspectedSource, Inspection } from '../../../../shared/contract'
import { showHidden } from '../../../../shared/text/hiddenCharacters'
import { recipeIdSchema, type ImportReport, type ProjectInfo, type RecipeId } from '../../../../shared/domain'
import { canFit } from '../../../../shared/imports'
import { call } from '../../api/api'
import { useCall } from '../../api/queries'
import { useEnterProject } from '../../app/projectCalls'
import { dialogs } from '../../app/state/dialogs'
import { DialogFooter } from '../../components/DialogFooter'
import { ProblemNotice } from '../../components/ProblemNotice'
import { fileNameOf } from '../../components/text/fileName'
import { MainText } from '../../components/text/MainText'
import { ShownText } from '../../components/text/ShownText'
import classes from './Drop.module.css'
import { ImportProgress } from './ImportProgress'
import { ImportReportView } from './ImportReportView'

const close = () => dialogs.set({ dropped: null })

/** Dialog that identifies dropped files and imports them into the open project, or into a new one with a suitable recipe. */
export function DropDialog({ project }: { readonly project: ProjectInfo | null }) {
  const { t } = useTranslation()
  const paths = dialogs.use((state) => state.dropped)
  return (
    <Modal
      opened={paths !== null}
      onClose={close}
      title={t('library.importTitle')}
      size={720}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {paths !== null && <Dropped key={paths.join('\n')} paths={paths} project={project} />}
    </Modal>
  )
}

function Dropped({ paths, project }: { readonly paths: readonly string[]; readonly project: ProjectInfo | null }) {
  const { t } = useTranslation()
  const inspection = useCall('import.inspect', { paths: [...paths] }, { gcTime: 0, staleTime: 0 })
  if (inspection.error) return <ProblemNotice error={inspection.error} onRetry={() => void inspection.refetch()} />
  if (!inspection.data)
    return (
      <Text role="status">
        <Loader size="xs" mr="xs" aria-hidden />
        {t('library.dropReading')}
      </Text>
    )
  return <DropForm inspection={inspection.data} project={project} />
}

/** Adds up several reports. */
const sumReports = (reports: readonly ImportReport[]): ImportReport =>
  reports.reduce((sum, report) => ({
    added: sum.added + report.added,
    unchanged: sum.unchanged + report.unchanged,
    linked: sum.linked + report.linked,
    updated: sum.updated + report.updated,
    mediaAdded: sum.mediaAdded + report.mediaAdded,
    problems: [...sum.problems, ...report.problems],
    notes: [...sum.notes, ...report.notes],
    moreProblems: sum.moreProblems + report.moreProblems,
    cancelled: sum.cancelled || report.cancelled,
  }))

function DropForm({
  inspection: { sources, unsupported },
  project,
}: {
  readonly inspection: Inspection
  readonly project: ProjectInfo | null
}) {
  const { t } = useTranslation()
  const enter = useEnterProject()
  const documents = useCall('app.info', {}).data?.documents
  const [first] = sources
  const [name, setName] = useState(() => (first ? fileNameOf(first.request.mediaDirectory) : ''))
  const [chosenRecipe, setRecipe] = useState<RecipeId>(first?.recipe ?? 'la')
  const recipe = project?.recipe ?? chosenRecipe
  const fits = ({ request }: InspectedSource) => canFit(request.format, recipe)
  const fitting = sources.filter(fits)
  const [made, setMade] = useState<ProjectInfo | null>(null)
  const run = useMutation({
    mutationFn: async () => {
      // The window switches to the new project after the import; after a failed import it exists already.
      if (project === null && made === null && documents !== undefined)
        setMade(await call('project.create', { folder: documents, name: name.trim(), recipe }))
      const reports: ImportReport[] = []
      for (const { request } of fitting) reports.push(await call('import.start', request))
      return sumReports(reports)
    },
    onError: () => undefined, // shown above the buttons
  })
  const leave = () => {
    close()
    if (made) enter(made)
  }
  if (run.isPending) return <ImportProgress />
  if (run.data) return <ImportReportView report={run.data} onDone={leave} />
  const isReady = fitting.length > 0 && (project !== null || name.trim() !== '')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) run.mutate()
      }}
    >
      <Stack gap="md">
        {sources.length === 0 && <Text>{t('library.dropNothing')}</Text>}
        <ul className={classes.sources}>
          {sources.map((source) => (
            <Source key={JSON.stringify(source.request)} source={source} fits={fits(source)} />
          ))}
        </ul>
        {unsupported.length > 0 && (
          <Alert color="yellow" variant="default" title={t('library.dropUnsupported', { count: unsupported.length })}>
            <ul className={`${classes.refused} verbatim`}>
              {unsupported.map(({ path, reason, remedy }) => (
                <li key={path} title={showHidden(path)}>
                  <MainText>{reason}</MainText> <MainText>{remedy}</MainText>
                </li>
              ))}
            </ul>
          </Alert>
        )}
        {project === null && first && (
          <>
            <TextInput
              label={t('projects.name')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              maxLength={120}
              data-autofocus
              required
            />
            <Select
              label={t('projects.recipe')}
              value={chosenRecipe}
              data={recipeIdSchema.options.map((value) => ({ value, label: t(`projects.recipes.${value}.title`) }))}
              onChange={(value) => setRecipe(recipeIdSchema.parse(value))}
              allowDeselect={false}
            />
          </>
        )}
        {run.error && <ProblemNotice error={run.error} />}
        <DialogFooter>
          {project && (
            <Button variant="subtle" color="gray" mr="auto" onClick={() => dialogs.set({ dropped: null, import: true })}>
              {t('library.dropOtherWay')}
            </Button>
          )}
          <Button variant="default" onClick={leave}>
            {t('common.cancel')}
          </Button>
          {sources.length > 0 && (
            <Button type="submit" disabled={!isReady}>
              {project === null ? t('library.dropCreate') : t('library.importStart')}
            </Button>
          )}
        </DialogFooter>
      </Stack>
    </form>
  )
}

function Source({ source: { request, files, media }, fits }: { readonly source: InspectedSource; readonly fits: boolean }) {
  const { t } = useTranslation()
  return (
    <li className={classes.source}>
      <Text fw={600}>{t(`library.formats.${request.format}.title`)}</Text>
      {files.map((file) => (
        <Text key={file} title={showHidden(file)} className="verbatim">
          <ShownText text={fileNameOf(file)} />
        </Text>
      ))}
      <Text c="dimmed" className="numbers" title={showHidden(request.mediaDirectory)}>
        {t('library.dropMedia', { count: media, folder: fileNameOf(request.mediaDirectory) })}
      </Text>
      {!fits && <Text c="red">{t('library.dropNoFit')}</Text>}
    </li>
  )
}
