import type { DraftedPair } from '../../../shared/domain'

/** Names that models use for the parts of a pair and for the lists around pairs. */

export type Role = 'instruction' | 'response' | 'kind' | 'rationale'

const names: Readonly<Record<Role, string>> = {
  instruction:
    'instruction question prompt query q user human ask problem instructie opdracht vraag frage anweisung pregunta instrucción instruccion pergunta instrução domanda istruzione pytanie soru otázka kérdés întrebare kysymys fråga spørgsmål spørsmål pertanyaan câu_hỏi prashna प्रश्न প্রশ্ন คำถาม שאלה پرسش питання ερώτηση 问题 指令 问 問題 質問 指示 질문 지시 سؤال السؤال التعليمات вопрос инструкция',
  response:
    'response answer solution output completion a assistant gpt bot ai chatbot reply ans antwoord antwort respuesta réponse reponse resposta risposta odpowiedź cevap yanıt odpověď válasz răspuns vastaus svar jawaban trả_lời câu_trả_lời उत्तर উত্তর คำตอบ תשובה پاسخ відповідь απάντηση 答案 回答 回复 答 応答 答え 답변 응답 대답 جواب الجواب إجابة الإجابة ответ',
  kind: 'kind type',
  rationale: 'rationale reason',
}

const roles: ReadonlyMap<string, Role> = new Map(
  (Object.entries(names) as [Role, string][]).flatMap(([role, list]) => list.split(' ').map((name) => [name.replaceAll('_', ' '), role])),
)

/** Returns a key in lower case, without punctuation and filler words: `"Question_Text "` becomes `question`. */
export const plainKey = (key: string) =>
  key
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
    .replace(/ text$/, '')

/** Returns whether a key names the options of a multiple-choice question. */
export const namesOptions = (key: string) => /^(?:(?:answer )?(?:options|choices))$/.test(plainKey(key))

/** Returns the letter or number of `option_a`; null for other keys. */
export const letterOfOption = (key: string) => /^(?:option|choice) ([a-z]|\d{1,2})$/.exec(plainKey(key))?.[1]?.toUpperCase() ?? null

const versionWord =
  /^(?:final|revised|corrected|correct|improved|updated|refined|edited|rewritten|full|complete|expected|ideal|reference|gold) /
const speakerWord = /^(?:user|human|student|model|assistant|ai|bot|gpt|teacher) (?=[^ ]+$)/
const ownWords: ReadonlyMap<string, Role> = new Map([
  ...['user', 'human'].flatMap((name) =>
    ['message', 'turn', 'input', 'request', 'utterance'].map((part) => [`${name} ${part}`, 'instruction'] as const),
  ),
  ...['assistant', 'ai', 'bot', 'gpt', 'model'].flatMap((name) =>
    ['message', 'turn', 'utterance'].map((part) => [`${name} ${part}`, 'response'] as const),
  ),
])
/** Names that denote a part of a pair only if no other key does. */
const weakRoles: ReadonlyMap<string, 'instruction' | 'response'> = new Map([
  ...['task', 'request'].map((name) => [name, 'instruction'] as const),
  ...['ground truth', 'target'].map((name) => [name, 'response'] as const),
])
export const weakRoleOf = (key: string) => weakRoles.get(plainKey(key)) ?? null

/**
 * Returns the part of a pair that a key names. `final_answer` is a response too: next to a different `answer`, the meaning is ambiguous.
 */
export function roleOf(key: string): Role | null {
  const name = plainKey(key)
  const found = roles.get(name) ?? ownWords.get(name) ?? roles.get(name.replace(versionWord, ''))
  return found ?? roles.get(name.replace(speakerWord, '')) ?? null
}

/** Splits `question_2` into its name and number; null unless the name denotes a part of a pair. */
export function numberedPart(key: string): { readonly name: string; readonly number: string } | null {
  const [, name, number] = /^(.*?) ?(\d{1,4})$/u.exec(plainKey(key)) ?? []
  return name === undefined || number === undefined || (roleOf(name) === null && name !== 'input' && !namesOptions(name))
    ? null
    : { name, number }
}

const oneMore = /^(?:follow[ _-]?up|next|second|third|additional|extra|bonus)[ _-]?(?=\S)/i
/** Returns whether a key names the answer to a further question, such as `follow_up_answer`. */
export const namesOneMoreAnswer = (key: string) => oneMore.test(key.trim()) && roleOf(key.trim().replace(oneMore, '')) === 'response'

/** Returns whether a model uses the key to judge its own pairs. */
export const judgesPair = (key: string) => /^(?:keep|use|include|valid|is_?valid|accept|accepted|is_?accepted|approved)$/i.test(key.trim())

const continued = /(?<= )(?:text )?(?:continued|continuation|contd?|rest|remainder|more|part ?(?:\d{1,2}|two|three|ii|b))$/
const continuing = /^(?:continued|continuation(?: of)?|rest of|remainder of|remaining|more|second part of|end of)(?: the)? (?=\S)/
/** Returns whether a key names the rest of a text that begins in another field, such as `answer_continued` and `response_part2`. */
export function namesContinuation(key: string): boolean {
  const name = plainKey(key.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' '))
  if (/^(?:continued|continuation|contd?)$/.test(name)) return true
  const whole = name.replace(continued, '').replace(continuing, '').trim()
  return whole !== name && ['instruction', 'response'].includes(roleOf(numberedPart(whole)?.name ?? whole) ?? '')
}

function kindOf(name: string): DraftedPair['kind'] {
  if (/reason/i.test(name)) return 'reasoning'
  if (/detail|descri/i.test(name)) return 'detail'
  return /conv/i.test(name) ? 'conversation' : null
}

/**
 * Returns the kind that a name such as “Complex reasoning” or “detailed description” denotes; null for anything else, such as a list of
 * kinds.
 */
export function kindNamed(name: string): DraftedPair['kind'] {
  const kinds = new Set(name.split(/[|/,;]|\bor\b/i).flatMap((part) => kindOf(part) ?? []))
  return kinds.size === 1 ? ([...kinds][0] ?? null) : null
}

const ordinals = 'first|second|third|fourth|fifth|sixth|one|two|three|four|five|six'
const numbering = new RegExp(`^(?:${ordinals})\\b ?| ?(?:\\d+|\\b(?:${ordinals}))$`)

/** Returns a key without its number: `pair1` and `pair 2` have the same stem, as do `1` and `2`, and `first_pair` and `second_pair`. */
export const stemOf = (key: string) => plainKey(key).replace(numbering, '')

const roundLists = new Set(['rounds', 'turns', 'dialogue', 'dialog', 'conversation', 'exchanges', 'messages', 'chat', 'history'])
/** Returns whether numbered keys with this stem are versions of the same answer. */
export const namesVersions = (stem: string) => /^(?:v|version|draft|attempt|try|trial|revision|iteration|take)$/.test(stem)

export const namesRounds = (key: string) => roundLists.has(stemOf(key))
export const namesConversations = (key: string) => /^(conversations|dialogues|dialogs|chats)$/.test(plainKey(key))

const reasoningKeys = new Set([
  'thought',
  'thoughts',
  'thinking',
  'think',
  'analysis',
  'scratchpad',
  'chain of thought',
  'reasoning',
  'draft',
])
export const namesReasoning = (key: string) => reasoningKeys.has(stemOf(key))

const keyThenColon =
  /["'“”„«»`\\]([^"'“”„«»`\\\n]{1,60})["'“”„«»`\\]{1,3}\s{0,9}[:：]|([\p{L}\p{M}]{1,24})(?:[ _-]?\d{1,4})?["'“”„«»`\\]{0,3}\s{0,9}[:：]/gu
/** Keys of lists of pairs, and, if quoted, of the turns of a chat. */
const listKeys = /^(?:pairs|conversations)$/
const turnKeys = /^(?:pairs|conversations|messages|from|role)$/

/** Returns whether a text has a key of a pair or a list of pairs, which means that it was meant as part of the answer. */
export function namesPairs(text: string): boolean {
  for (const [, quoted, bare = ''] of text.matchAll(keyThenColon)) {
    const key = quoted ?? bare
    const role = roleOf(numberedPart(key)?.name ?? key) ?? weakRoleOf(key)
    if (role === 'instruction' || role === 'response' || (quoted === undefined ? listKeys : turnKeys).test(key)) return true
  }
  return false
}
