import { Text } from '@mantine/core'
import { IconPhoto } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DescribedMessage } from './describeMessages'
import classes from './Prompt.module.css'
import { ShownText } from '../../components/text/ShownText'

/** A message as text, with its role and purpose. */
export function MessageBlock({ described: { message, purpose } }: { readonly described: DescribedMessage }) {
  const { t } = useTranslation()
  const words =
    purpose.kind === 'exemplar'
      ? purpose.item === null
        ? t('prompt.exemplarOfFile', { index: purpose.index })
        : t('prompt.exemplarOf', { index: purpose.index, item: purpose.item })
      : purpose.kind === 'item' && t('prompt.thisItem')
  return (
    <li className={classes.message} data-role={message.role}>
      <Text size="xs" component="div" className={classes.role}>
        <strong>{t(`prompt.roles.${message.role}`)}</strong>
        {words}
      </Text>
      {message.content.map((part, index) =>
        part.type === 'text' ? (
          <div key={index} className={`verbatim ${classes.part}`}>
            <ShownText text={part.text} />
          </div>
        ) : (
          <div key={index} className={classes.image}>
            <IconPhoto size={16} aria-hidden />
            {t('prompt.image', { name: part.fileName })}
          </div>
        ),
      )}
    </li>
  )
}
