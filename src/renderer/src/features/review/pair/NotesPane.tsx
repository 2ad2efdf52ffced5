import { ActionIcon, Button, Group, SegmentedControl, Stack, TagsInput, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { GrowingTextarea } from '../../../components/fields/GrowingTextarea'
import { qualitySchema, type Comment, type Quality } from '../../../../../shared/review'
import { Highlighted } from '../../../components/text/Highlighted'
import { useCall, useCallMutation } from '../../../api/queries'
import { forgetComment, typeComment, typedComments } from '../../../app/state/typedComments'
import { useKeyScope } from '../../../app/keys/useActions'
import classes from '../review.module.css'
import { noMarks } from './useFlag'

/** Shows the tags and comments of a pair, and its ratings if the project uses them. */
export const NotesPane = memo(function NotesPane({ candidateId, field }: NotesProps) {
  const { t } = useTranslation()
  const marks = useCall('marks.get', { candidateId }).data ?? noMarks
  const reviewer = useCall('app.settings', {}).data?.reviewer ?? ''
  const asked = useCall('review.settings', {}).data
  const known = useCall('marks.tags', {}).data ?? []
  const tag = useCallMutation('marks.tag').mutate
  const rate = useCallMutation('marks.rate').mutate
  return (
    <Stack gap="sm">
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
          for (const added of tags) if (!marks.tags.includes(added) && added.trim()) tag({ candidateId, tag: added.trim(), tagged: true })
          for (const removed of marks.tags) if (!tags.includes(removed)) tag({ candidateId, tag: removed, tagged: false })
        }}
      />
      <Comments candidateId={candidateId} comments={marks.comments} reviewer={reviewer} field={field} />
    </Stack>
  )
})

interface NotesProps {
  readonly candidateId: number
  /** Field for a new comment. */
  readonly field: React.RefObject<HTMLTextAreaElement | null>
}

interface RatingProps {
  readonly quality: Quality
  readonly value: number | null
  readonly onRate: (value: number | null) => void
}

/** Shows a rating from 1 to 5. Choosing the current value again removes it; browsers fire no change event for that. */
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
  // Without this scope, the key would accept the pair in the desk.
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
