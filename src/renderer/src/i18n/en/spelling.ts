export const spelling = {
  title: 'Spelling',
  menu: 'Instead of “{{word}}”',
  none: 'No suggestion',
  add: 'Add to the project’s words',
  added: '“{{word}}” is one of the project’s words now.',
  replaced: '“{{word}}” was put in.',
  allRight: 'No word of this field is spelled wrong.',
  setting: 'Check the spelling',
  settingHint:
    'Underlines wrong English words while you edit a pair. Alt+. goes to the next one and suggests others. Names of the item are right.',
  words: 'Words of the project',
  wordsHint: 'Right in this project whatever the dictionary says. Press Enter after each.',
} as const
