import { useTranslation } from 'react-i18next'
import { message, type SaidTexts, type Text } from '../../../../shared/messages/message'
import { toEnglish } from '../../../../shared/messages/translate'
import { inWindowLanguage } from '../../i18n/inWindowLanguage'
import { ShownText } from './ShownText'

/** What main says, in the language of the window, or marked as English where it is known in no other. */
export function MainText({ children }: { readonly children: Text }) {
  useTranslation() // drawn anew with the language
  const { text, lang } = inWindowLanguage(children)
  return (
    <span lang={lang}>
      <ShownText text={text} />
    </span>
  )
}

interface Told {
  readonly message: string
  readonly remedy: string
  readonly said?: SaidTexts | undefined
}

/** What happened and what to do, in one line. */
export function MessageAndRemedy({ of }: { readonly of: Told }) {
  const [message, remedy] = [of.message, of.remedy]
  if (remedy === '') return <MainText>{message}</MainText>
  const isSaid = typeof message === 'object' && typeof remedy === 'object'
  return (
    <MainText>
      {isSaid ? message('common.joined', { first: message, second: remedy }) : `${toEnglish(message)} ${toEnglish(remedy)}`}
    </MainText>
  )
}
