import { inEveryPair } from './common'

export const cgd = `# Differences between two similar images

The images were paired because they look alike. A good pair helps somebody to tell them apart. Use *blink* (K) and *difference* (D).

## Accept

- An instruction that needs **both** images: what sets them apart, what they share, which of them fits a description.
- A response that says plainly which image it speaks of: "the first", "the second", each time.
- Differences that matter: what is there, how many, what is done, where, in what light.

## Typical faults

- One image is described well and the other hardly at all. Edit when the missing half is short.
- First and second are swapped. Check every clause; it is the most frequent fault here.
- A difference that comes from the captions only: one caption mentions a window, the other does not, and both images have one.
- "The first has more people" where the boxes leave out those in the background. Count.
- Differences of size, crop or file rather than of what is shown.
- A list of everything that is the same. Reject as *trivial*.

## Examples

> **Instruction:** What is the main difference between these two kitchens?
> **Response:** In the first, someone is cooking at the stove; the second is empty, and its chairs are put up on the table.

Accept, when both halves hold.

> **Instruction:** What does the first image show?

Reject: it needs one image only.

${inEveryPair}`
