import classes from './Verbatim.module.css'
import { ShownText } from './ShownText'

/** A longer text as it came, in letters of one width, scrolling in its own frame, which takes the focus so that keys scroll it. */
export function Verbatim({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <pre className={classes.text} role="region" aria-label={label} tabIndex={0}>
      <ShownText text={text} />
    </pre>
  )
}
