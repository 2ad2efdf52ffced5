import { inEveryPair } from './common'

export const vst = `# Stories over an album

An item is an album in its order. The pairs ask about the whole, about a turn in it, or for a story. Go through all images (Shift and arrows) before you judge.

## Accept

- The order of the response is that of the images.
- Every sentence of a story can be held against an image, or follows from two of them.
- A question about a change: what happened between two images, what led to the last.
- People keep who they are: the same man is not a guest in one sentence and the host in the next.

## Typical faults

- Names, kinship and places that stand in the title or the story sentences and cannot be seen ("Aunt Rosa in Porto"). Edit to what is seen.
- A happy end that no image shows.
- The story tells one image after the other without any connection. Edit when one or two words join them.
- Feelings without a face or gesture for them.
- A question that one image answers. It may stand when it says which.
- Numbers of images: "in image 3" is annotation; "when they reach the lake" is natural.

## Examples

> **Instruction:** How does the day change for the children?
> **Response:** They begin on the dry beach building a castle; once the tide comes in they give it up and run along the water instead.

Accept.

> **Response:** Everyone agreed that it was the best wedding ever.

Reject, or cut the sentence: nobody can see it.

${inEveryPair}`
