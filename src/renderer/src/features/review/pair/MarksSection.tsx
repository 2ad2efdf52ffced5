import { ActionIcon, Button, Group, SegmentedControl, Stack, TagsInput, Text } from '@mantine/core'
import { IconFlag, IconFlagFilled, IconTrash } from '@tabler/icons-react'
import { memo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GrowingTextarea } from '../../../components/fields/GrowingTextarea'
import { qualitySchema, type Comment, type Marks, type Quality } from '../../../../../shared/review'
import { Highlighted } from '../../../components/text/Highlighted'
import { useCall, useCallMutation } from '../../../api/queries'
import { forgetComment, typeComment, typedComments } from '../../../app/state/typedComments'
import { KeyHint, useKeyShortcuts } from '../../../app/keys/KeyHint'
import { useActions, useKeyScope } from '../../../app/keys/useActions'
import { Section } from '../panels/DetailsPanel'
import classes from '../review.module.css'

const none: Marks = { flaggedBy: [], tags: [], comments: [], ratings: [] }

/** What reviewers put on a pair beside their decisions: a flag, tags, comments, and ratings where the project asks for them. */
export const MarksSection = memo(function MarksSection({ candidateId }: { readonly candidateId: number }) {
  const { t, i18n } = useTranslation()
  const [open, setOpen] = useState(() => Boolean(typedComments.get().texts[candidateId]))
  const marks = useCall('marks.get', { candidateId }).data ?? none
  const reviewer = useCall('app.settings', {}).data?.reviewer ?? ''
  const asked = useCall('review.settings', {}).data
  const known = useCall('marks.tags', {}, { enabled: open }).data ?? []
  const flag = useCallMutation('marks.flag').mutate
  const tag = useCallMutation('marks.tag').mutate
  const rate = useCallMutation('marks.rate').mutate
  const commentField = useRef<HTMLTextAreaElement>(null)

  const mine = marks.flaggedBy.includes(reviewer)
  const toggleFlag = () => flag({ candidateId, flagged: !mine })
  const writeComment = () => {
    setOpen(true)
    requestAnimationFrame(() => commentField.current?.focus())
  }
  useActions({ flag: toggleFlag, comment: writeComment })

  const count = marks.tags.length + marks.comments.length
  const hint = count > 0 && <span className={`${classes.quiet} numbers`}>{count.toLocaleString(i18n.language)}</span>
  return (
    <div className={classes.marks}>
      <div className={classes.markRow}>
        <Button
          size="compact-sm"
          variant={mine ? 'light' : 'default'}
          leftSection={mine ? <IconFlagFilled size={14} aria-hidden /> : <IconFlag size={14} aria-hidden />}
          rightSection={<KeyHint action="flag" />}
          aria-keyshortcuts={useKeyShortcuts('flag')}
          aria-pressed={mine}
          onClick={toggleFlag}
        >
          {t(mine ? 'review.flagged' : 'review.flag')}
        </Button>
        {marks.flaggedBy.some((name) => name !== reviewer) && (
          <Text size="xs" c="dimmed">
            {t('review.flaggedBy', { names: marks.flaggedBy.filter((name) => name !== reviewer).join(', ') })}
          </Text>
        )}
        {asked?.ratings && (
          <Group gap="sm">
            {qualitySchema.options.map((quality) => (
              <Rating
                key={quality}
                quality={quality}
                value={marks.ratings.find((one) => one.quality === quality)?.value ?? null}
                onRate={(value) => rate({ candidateId, quality, value })}
              />
            ))}
          </Group>
        )}
      </div>
      <Section title={t('review.marks')} hint={hint || <KeyHint action="comment" />} open={open} onToggle={() => setOpen(!open)}>
        <Stack gap="xs">
          <TagsInput
            size="xs"
            label={t('review.tags')}
            placeholder={marks.tags.length === 0 ? t('review.tagsHint') : ''}
            data={known}
            value={marks.tags}
            maxLength={60}
            clearable={false}
            acceptValueOnBlur
            onChange={(tags) => {
              for (const added of tags)
                if (!marks.tags.includes(added) && added.trim()) tag({ candidateId, tag: added.trim(), tagged: true })
              for (const removed of marks.tags) if (!tags.includes(removed)) tag({ candidateId, tag: removed, tagged: false })
            }}
          />
          <Comments candidateId={candidateId} comments={marks.comments} reviewer={reviewer} field={commentField} />
        </Stack>
      </Section>
    </div>
  )
})

interface RatingProps {
  readonly quality: Quality
  readonly value: number | null
  readonly onRate: (value: number | null) => void
}

/** A rating from 1 to 5; choosing the one that stands takes it off, which to a browser is no change of a radio. */
function Rating({ quality, value, onRate }: RatingProps) {
  const { t } = useTranslation()
  const stands = (target: EventTarget) => target instanceof HTMLInputElement && target.value === String(value)
  return (
    <Group gap={4}>
      <Text size="xs">{t(`review.qualities.${quality}`)}</Text>
      <SegmentedControl
        size="xs"
        aria-label={t(`review.qualities.${quality}`)}
        title={value === null ? undefined : t('review.ratingAgain', { value })}
        value={String(value ?? '')}
        data={['1', '2', '3', '4', '5']}
        onChange={(chosen) => onRate(Number(chosen))}
        onClick={({ target }) => stands(target) && onRate(null)}
        onKeyDown={(event) => {
          if (event.key !== ' ' || !stands(event.target)) return
          event.preventDefault()
          onRate(null)
        }}
      />
    </Group>
  )
}

interface CommentsProps {
  readonly candidateId: number
  readonly comments: readonly Comment[]
  readonly reviewer: string
  readonly field: React.RefObject<HTMLTextAreaElement | null>
}

function Comments({ candidateId, comments, reviewer, field }: CommentsProps) {
  const { t, i18n } = useTranslation()
  const text = typedComments.use(({ texts }) => texts[candidateId] ?? '')
  const add = useCallMutation('marks.comment', { onSuccess: (_, sent) => forgetComment(sent.candidateId, sent.body) })
  const remove = useCallMutation('marks.removeComment').mutate
  const send = () => {
    if (text.trim() && !add.isPending) add.mutate({ candidateId, body: text.trim() })
  }
  // In the desk below, the key would accept the pair.
  useKeyScope({ level: 'textField', within: field, actions: { saveAndAccept: send } })
  return (
    <>
      {comments.length > 0 && (
        <ul className={classes.comments} aria-label={t('review.comments')}>
          {comments.map((comment) => (
            <li key={comment.id}>
              <Group gap={4} justify="space-between" wrap="nowrap">
                <span className={classes.quiet}>
                  {comment.reviewer} · {new Date(comment.writtenAt).toLocaleString(i18n.language)}
                </span>
                {comment.reviewer === reviewer && (
                  <ActionIcon
                    size="xs"
                    variant="subtle"
                    color="gray"
                    aria-label={t('review.removeComment')}
                    onClick={() => remove({ candidateId, commentId: comment.id })}
                  >
                    <IconTrash size={14} aria-hidden />
                  </ActionIcon>
                )}
              </Group>
              <p className={`${classes.exemplarText} verbatim`} dir="auto">
                <Highlighted text={comment.body} />
              </p>
            </li>
          ))}
        </ul>
      )}
      <GrowingTextarea
        ref={field}
        size="xs"
        minRows={1}
        maxRows={6}
        label={t('review.comment')}
        description={t('review.commentHint')}
        maxLength={4000}
        value={text}
        onChange={(event) => typeComment(candidateId, event.currentTarget.value)}
      />
      <Group justify="flex-end">
        <Button size="compact-sm" variant="default" disabled={!text.trim()} loading={add.isPending} onClick={send}>
          {t('review.addComment')}
        </Button>
      </Group>
    </>
  )
}
