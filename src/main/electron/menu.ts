import { Menu, app, type MenuItemConstructorOptions } from 'electron'
import { languageFor, type LanguageChoice } from '../../shared/comfort'
import { menuTexts } from './menuTexts'

/**
 * The system's menu, in a language. Undo and redo in a text field are the field's own; outside of one they are decisions', which the page
 * handles, so the menu claims no such keys.
 */
export function installMenu(language: LanguageChoice, choose: (action: string) => void): void {
  const words = menuTexts[languageFor(language, app.getPreferredSystemLanguages())]
  const item = (label: string, action: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => choose(action),
    ...(accelerator ? { accelerator } : {}),
  })
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: words.file,
      submenu: [
        item(words.projects, 'projects', 'CmdOrCtrl+O'),
        item(words.settings, 'settings', 'CmdOrCtrl+,'),
        { type: 'separator' },
        process.platform === 'darwin' ? { role: 'close', label: words.close } : { role: 'quit', label: words.quit },
      ],
    },
    {
      label: words.edit,
      submenu: [
        { role: 'cut', label: words.cut },
        { role: 'copy', label: words.copy },
        { role: 'paste', label: words.paste },
        { role: 'selectAll', label: words.selectAll },
      ],
    },
    {
      label: words.view,
      submenu: [
        { role: 'togglefullscreen', label: words.fullScreen },
        ...(app.isPackaged ? [] : [{ role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
      ],
    },
    { label: words.help, submenu: [item(words.keys, 'help')] },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
