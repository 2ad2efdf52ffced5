import { Badge, Button, Switch, Text, Tooltip } from '@mantine/core'
import { IconPinFilled, IconFileImport, IconUser } from '@tabler/icons-react'
import { memo, useEffect, useRef, useState, type ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import type { Candidate, Pair } from '../../../../../shared/domain'
import { LinkedText } from '../../../components/text/MediaLinks/LinkedText'
import { useCall } from '../../../api/queries'
import { useKnownWords } from '../../spelling/knownWords'
import { SpelledTextarea } from '../../spelling/SpelledTextarea'
import { DiffText } from './DiffText'
import { reasonWords } from '../panels/RejectPanel'
import classes from '../review.module.css'
import type { Editor } from '../session/useEditor'
import { KEEP_MS } from '../queue/usePrefetch'
import { draftOf, isPinned, sameText } from '../session/verdict'
import { VerdictMark } from './VerdictMark'
import { itemName } from '../../../components/text/itemName'
import { ShownText } from '../../../components/text/ShownText'

type Origin = Pick<
  Candidate,
  'itemId' | 'itemSourceId' | 'author' | 'importedFrom' | 'splitFrom' | 'provider' | 'model' | 'promptVersionId'
>

const parts = ['instruction', 'response'] as const

/** Shows the text of the pair, its origin and its verdict. The text is edited in place. */
export const PairPanel = memo(function PairPanel({ candidate, editor }: { readonly candidate: Candidate; readonly editor: Editor }) {
  const { t } = useTranslation()
  const [difference, setDifference] = useState(false)
  const draft = draftOf(candidate)
  const differs = !sameText(draft, editor.text)
  return (
    <>
      <div className={classes.facts}>
        <VerdictMark state={candidate.state} />
        {candidate.reason && (
          <span className="verbatim">
            <ShownText text={t('review.reason', { reason: reasonWords(candidate.reason, t) })} />
          </span>
        )}
        {isPinned(candidate) && (
          <span className={classes.verdict} data-state="edited">
            <IconPinFilled size={14} aria-hidden />
            {t('review.pinned')}
          </span>
        )}
        {isPinned(candidate) && candidate.pinnedReason && (
          <span className="verbatim">
            <ShownText text={t('exemplars.reason', { reason: candidate.pinnedReason })} />
          </span>
        )}
        <PlaceInReply candidate={candidate} />
        <Provenance
          itemId={candidate.itemId}
          itemSourceId={candidate.itemSourceId}
          author={candidate.author}
          importedFrom={candidate.importedFrom}
          splitFrom={candidate.splitFrom}
          provider={candidate.provider}
          model={candidate.model}
          promptVersionId={candidate.promptVersionId}
        />
      </div>
      {editor.editing ? (
        <PairFields itemId={candidate.itemId} editor={editor} />
      ) : (
        <PairText before={draft} text={editor.text} difference={difference && differs} />
      )}
      {candidate.rationale && (
        <div>
          <h2 className={classes.label}>{t('review.rationale')}</h2>
          <p className={`${classes.rationale} verbatim`}>
            <ShownText text={candidate.rationale} />
          </p>
        </div>
      )}
      {(editor.changed || differs) && (
        <div className={classes.facts}>
          {editor.changed && (
            <>
              <Text size="sm">{t(editor.restored ? 'review.draftRestored' : 'review.draftKept')}</Text>
              <Button size="compact-xs" variant="subtle" color="gray" onClick={editor.discard}>
                {t('review.discardDraft')}
              </Button>
            </>
          )}
          {differs && !editor.editing && (
            <Switch
              size="xs"
              label={t('review.difference')}
              checked={difference}
              onChange={(event) => setDifference(event.currentTarget.checked)}
            />
          )}
        </div>
      )}
    </>
  )
})

/** Shows the kind of the pair, and its conversation and turn. */
function PlaceInReply({ candidate: { kind, conversation, turn } }: { readonly candidate: Candidate }) {
  const { t } = useTranslation()
  return (
    <>
      {kind && <span>{t(`prompt.kinds.${kind}`)}</span>}
      {conversation !== null && <span>{t('prompt.conversationTurn', { conversation: conversation + 1, turn: (turn ?? 0) + 1 })}</span>}
    </>
  )
}

const Provenance = memo(function Provenance({
  itemId,
  itemSourceId,
  author,
  importedFrom,
  splitFrom,
  provider,
  model,
  promptVersionId,
}: Origin) {
  const { t } = useTranslation()
  const name = itemName(itemSourceId, useCall('item.get', { id: itemId }, { gcTime: KEEP_MS }).data?.media[0]?.fileName)
  return (
    <>
      {author !== null ? (
        <Tooltip label={t('editing.writtenHint')}>
          <Badge size="sm" color="gray" leftSection={<IconUser size={12} aria-hidden />}>
            {t(splitFrom === null ? 'editing.writtenBy' : 'editing.splitBy', { author })}
          </Badge>
        </Tooltip>
      ) : importedFrom !== null ? (
        <Badge size="sm" color="gray" leftSection={<IconFileImport size={12} aria-hidden />}>
          <ShownText text={t('review.importedFrom', { file: importedFrom })} />
        </Badge>
      ) : provider === 'demo' ? (
        <Tooltip label={t('review.demoHint')}>
          <Badge size="sm" color="gray">
            {t('common.demo')}
          </Badge>
        </Tooltip>
      ) : (
        <span className="verbatim">
          <ShownText text={model} />
        </span>
      )}
      {promptVersionId !== null && <span>{t('review.promptVersion', { id: promptVersionId })}</span>}
      <span className={classes.itemName} title={t('review.item', { item: itemSourceId })}>
        <ShownText text={name} />
      </span>
    </>
  )
})

function PairText({ before, text, difference }: { readonly before: Pair; readonly text: Pair; readonly difference: boolean }) {
  const { t } = useTranslation()
  return parts.map((part) => (
    <div key={part}>
      <h2 className="visually-hidden">{t(`review.${part}`)}</h2>
      <p className={`${classes.judged} verbatim`} data-part={part}>
        {difference ? <DiffText before={before[part]} after={text[part]} /> : <LinkedText text={text[part]} />}
      </p>
    </div>
  ))
}

function PairFields({ itemId, editor }: { readonly itemId: number; readonly editor: Editor }) {
  const { on, known } = useKnownWords(useCall('item.get', { id: itemId }, { gcTime: KEEP_MS }).data?.context)
  const response = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    response.current?.focus()
    response.current?.setSelectionRange(response.current.value.length, response.current.value.length)
  }, [])
  const { text, change, flush } = editor
  return parts.map((part) => (
    <PairField
      key={part}
      part={part}
      value={text[part]}
      on={on}
      known={known}
      fieldRef={part === 'response' ? response : undefined}
      onChange={change}
      onLeave={flush}
    />
  ))
}

interface FieldProps extends Pick<ComponentProps<typeof SpelledTextarea>, 'value' | 'on' | 'known' | 'fieldRef'> {
  readonly part: keyof Pair
  readonly onChange: Editor['change']
  readonly onLeave: () => void
}

/** Memoized so that typing in one field does not render the other. */
const PairField = memo(function PairField({ part, onChange, onLeave, ...field }: FieldProps) {
  const { t } = useTranslation()
  return (
    <SpelledTextarea
      {...field}
      data-part={part}
      classNames={{ input: classes.judged, label: classes.label }}
      label={t(`review.${part}`)}
      minRows={part === 'response' ? 3 : 1}
      onText={(text) => onChange({ [part]: text })}
      onBlur={onLeave}
    />
  )
})
