/** What `hashSchema` gives for the schema of each version, the first version first: computing it takes longer than opening a project. */
export const knownSchemas: readonly string[] = [
  'b941100d1fb94770',
  '24afa70b4f769c40',
  '949309d618c528fd',
  '765d80fa6e3e640c',
  'fc72a476bbb7f1e9',
  'a8a602a836d593cd',
  '255168980315ad65',
  '27f13686e1cee75b',
  '1c49fe827f93d1fb',
  '20f90f4eab4820b1',
  'dd712ce2d9314bc7',
  'abfd41844c45f22c',
  '68e2182254822c12',
  'e89f7b5e93df807d',
  '61bdc4d3ff22a62d',
  '64f21993f0b5bd67',
]
