import { inEveryPair } from './common'

export const tvc = `# Scenes of television clips

Descriptions of the clip come from people who knew the series. The reader of the pair does not: who is not named on the screen is "the woman in the red coat".

## Accept

- Questions about what people do, to whom, with what, and how they look while they do it.
- Answers that tell people apart by what is seen: clothes, hair, place, what they hold.
- Conclusions about feelings with the sign they rest on: "she turns away, so she seems to be hurt".

## Typical faults

- Names of characters and actors. Edit to a description; reject when the pair is about the name.
- What one knows from other episodes: jobs, marriages, plots.
- Spoken lines as a fact of the image. Only what subtitles in the image show may be quoted.
- Two people are mixed up over a cut. Step through frame by frame (, and .).
- The context's several descriptions are of the same moment, and the response tells them as a sequence.
- An opinion on the show.

## Examples

> **Instruction:** How does the man at the door react to what he is handed?
> **Response:** He looks down at the envelope, frowns, and pushes it back without opening it.

Accept.

> **Instruction:** Why is Rachel angry with Ross?

Reject, or edit to "Why does the woman at the table seem angry?" when the clip answers it.

${inEveryPair}`
