import { Menu, app, type MenuItemConstructorOptions } from 'electron'
import { languageFor, type LanguageChoice } from '../../shared/comfort'
import { i18n, loadLanguage } from '../../shared/messages/translate'

/**
 * Installs the application menu in a language. Undo and redo belong to the text field that has the focus; elsewhere they concern decisions,
 * which the page handles, so the menu assigns no keys to them.
 */
export async function installMenu(choice: LanguageChoice, choose: (action: string) => void): Promise<void> {
  const language = languageFor(choice, app.getPreferredSystemLanguages())
  await loadLanguage(language)
  const t = i18n.getFixedT(language)
  const item = (label: string, action: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => choose(action),
    ...(accelerator ? { accelerator } : {}),
  })
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: t('menu.file'),
      submenu: [
        item(t('menu.projects'), 'projects', 'CmdOrCtrl+O'),
        item(t('menu.settings'), 'settings', 'CmdOrCtrl+,'),
        { type: 'separator' },
        process.platform === 'darwin' ? { role: 'close', label: t('menu.close') } : { role: 'quit', label: t('menu.quit') },
      ],
    },
    {
      label: t('menu.edit'),
      submenu: [
        { role: 'cut', label: t('menu.cut') },
        { role: 'copy', label: t('menu.copy') },
        { role: 'paste', label: t('menu.paste') },
        { role: 'selectAll', label: t('menu.selectAll') },
      ],
    },
    {
      label: t('menu.view'),
      submenu: [
        { role: 'togglefullscreen', label: t('menu.fullScreen') },
        ...(app.isPackaged ? [] : [{ role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
      ],
    },
    { label: t('menu.help'), submenu: [item(t('menu.guide'), 'help'), item(t('menu.keys'), 'shortcuts')] },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
