/** Source code of a module and all its imports, as one script for a page; see tools/bundledScript.mjs. */
declare module '*?bundled' {
  const code: string
  export default code
}
