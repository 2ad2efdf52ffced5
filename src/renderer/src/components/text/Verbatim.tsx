import classes from './Verbatim.module.css'
import { ShownText } from './ShownText'

/** A long text in a monospace font, unchanged, in its own scrolling container, which can be focused so that keys scroll it. */
export function Verbatim({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <pre className={classes.text} role="region" aria-label={label} tabIndex={0}>
      <ShownText text={text} />
    </pre>
  )
}
