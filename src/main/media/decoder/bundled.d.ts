/** The code of a module and all that it imports, as one script for a page; see scripts/bundledScript.mjs. */
declare module '*?bundled' {
  const code: string
  export default code
}
