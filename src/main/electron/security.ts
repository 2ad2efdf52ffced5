import { app, shell, type Session, type WebContents } from 'electron'

/** Denies everything that no page of the program needs: permissions, devices and downloads. */
export function secureSession(own: Session): void {
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  own.setPermissionCheckHandler(() => false)
  own.setDevicePermissionHandler(() => false)
  own.on('will-download', (event) => event.preventDefault())
}

/**
 * Denies navigation, new windows, web views and WebRTC packets, which no content security policy of the page blocks.
 * @param isOwnPage returns whether a URL is the window's own page
 */
export function secureContents(isOwnPage: (url: string) => boolean): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => {
      if (!isOwnPage(event.url)) event.preventDefault()
    })
    contents.on('will-redirect', (event) => {
      if (!isOwnPage(event.url)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}

/** Opens a folder in the system's file manager. */
export async function showFolder(folder: string): Promise<void> {
  await shell.openPath(folder)
}
