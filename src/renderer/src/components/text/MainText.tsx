import { useTranslation } from 'react-i18next'
import { message, type Text } from '../../../../shared/messages/message'
import { inWindowLanguage } from '../../i18n/inWindowLanguage'
import { ShownText } from './ShownText'

/** A text of the main process in the language of the window, or marked as English if it is not translated. */
export function MainText({ children }: { readonly children: Text }) {
  useTranslation() // re-renders when the language changes
  const { text, lang } = inWindowLanguage(children)
  return (
    <span lang={lang}>
      <ShownText text={text} />
    </span>
  )
}

/** A message and its remedy in one line. */
export function MessageAndRemedy({
  of: { message: first, remedy: second },
}: {
  readonly of: { readonly message: Text; readonly remedy: Text }
}) {
  if (second === '') return <MainText>{first}</MainText>
  if (typeof first === 'string' && typeof second === 'string') return <MainText>{`${first} ${second}`}</MainText>
  return <MainText>{message('common.joined', { first, second })}</MainText>
}
