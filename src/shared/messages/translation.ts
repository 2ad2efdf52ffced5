/** What stands in a text to be filled in: `{{count, number}}` of `{{count, number}} items`. */
type Placeholder<Text extends string> = Text extends `${string}{{${infer Place}}}${infer Rest}` ? Place | Placeholder<Rest> : never

/** A text that holds all of these placeholders, wherever they stand. */
type Holding<Place extends string> = [Place] extends [never]
  ? string
  : (Place extends string ? (text: `${string}{{${Place}}}${string}`) => void : never) extends (text: infer Text) => void
    ? Text
    : never

/** The same texts in another language: none missing, none beside, and each with all of its placeholders. */
export type Translation<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends string ? Holding<Placeholder<Texts[Key]>> : Translation<Texts[Key]>
}

type Plural = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
type WithoutPlural<Key extends string> = Key extends `${infer Base}_${Plural}` ? Base : Key

/** The keys of a catalogue as paths, such as `import.json.comment`; plural forms share one key. */
export type KeyOf<Texts> = {
  [Key in keyof Texts & string]: Texts[Key] extends string ? WithoutPlural<Key> : `${Key}.${KeyOf<Texts[Key]>}`
}[keyof Texts & string]

/** The text at a path of a catalogue; of plural forms, the one for most numbers. */
type TextAt<Texts, Path extends string> = Path extends `${infer Head}.${infer Rest}`
  ? Head extends keyof Texts
    ? TextAt<Texts[Head], Rest>
    : never
  : Path extends keyof Texts
    ? Texts[Path]
    : `${Path}_other` extends keyof Texts
      ? Texts[`${Path}_other`]
      : never

type NameOf<Place extends string> = Place extends `${infer Name}, ${string}` ? Name : Place

/** The names of the values that the text at a path of a catalogue takes. */
export type ValueNameOf<Texts, Path extends string> = NameOf<Placeholder<TextAt<Texts, Path> & string>>
