/** What stands in a text to be filled in: `{{count, number}}` of `{{count, number}} items`. */
type Placeholder<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Placeholder<Rest> : never

/** A text that holds all of these placeholders, wherever they stand. */
type Holding<Name extends string> = [Name] extends [never]
  ? string
  : (Name extends string ? (text: `${string}{{${Name}}}${string}`) => void : never) extends (text: infer Text) => void
    ? Text
    : never

/** The same texts in another language: none missing, none beside, and each with all of its placeholders. */
export type Translation<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends string ? Holding<Placeholder<Texts[Key]>> : Translation<Texts[Key]>
}
