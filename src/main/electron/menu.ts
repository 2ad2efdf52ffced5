import { Menu, app, type MenuItemConstructorOptions } from 'electron'

/**
 * The system's menu. Undo and redo in a text field are the field's own; outside of one they are decisions', which the page handles,
 * so the menu claims no such keys.
 */
export function installMenu(choose: (action: string) => void): void {
  const item = (label: string, action: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => choose(action),
    ...(accelerator ? { accelerator } : {}),
  })
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: 'File',
      submenu: [
        item('Projects', 'projects', 'CmdOrCtrl+O'),
        item('Settings', 'settings', 'CmdOrCtrl+,'),
        { type: 'separator' },
        process.platform === 'darwin' ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { label: 'Edit', submenu: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }] },
    {
      label: 'View',
      submenu: [
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
      ],
    },
    { label: 'Help', submenu: [item('Keys', 'help')] },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
