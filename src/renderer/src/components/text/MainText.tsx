import { useTranslation } from 'react-i18next'
import { message, type Text } from '../../../../shared/messages/message'
import { inWindowLanguage } from '../../i18n/inWindowLanguage'
import { ShownText } from './ShownText'

/** A text of main in the language of the window, or marked as English where it is known in no other. */
export function MainText({ children }: { readonly children: Text }) {
  useTranslation() // drawn anew with the language
  const { text, lang } = inWindowLanguage(children)
  return (
    <span lang={lang}>
      <ShownText text={text} />
    </span>
  )
}

/** What happened and what to do, in one line. */
export function MessageAndRemedy({
  of: { message: first, remedy: second },
}: {
  readonly of: { readonly message: Text; readonly remedy: Text }
}) {
  if (second === '') return <MainText>{first}</MainText>
  if (typeof first === 'string' && typeof second === 'string') return <MainText>{`${first} ${second}`}</MainText>
  return <MainText>{message('common.joined', { first, second })}</MainText>
}
