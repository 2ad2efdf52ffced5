// Loaded into an Electron process with `-r`: says when the first frame that shows what EXEMPLAR_BENCH_SELECTOR names is painted,
// by the page's own clock: the main process may be busy when it hears of it.
const { app } = require('electron')

/** @param {string} selector */
const painted = (selector) => `new Promise((resolve) => {
  const nextFrame = () => requestAnimationFrame(() => setTimeout(() => resolve(Date.now()), 0))
  const look = () => {
    const found = document.querySelector(${JSON.stringify(selector)})
    if (!found) return false
    if (found instanceof HTMLImageElement && !found.complete) found.addEventListener('load', nextFrame)
    else nextFrame()
    return true
  }
  if (look()) return
  const observer = new MutationObserver(() => look() && observer.disconnect())
  observer.observe(document, { subtree: true, childList: true })
})`

app.on('browser-window-created', (_event, window) => {
  window.webContents.once('dom-ready', () => {
    void window.webContents.executeJavaScript(painted(process.env.EXEMPLAR_BENCH_SELECTOR ?? 'body')).then((at) => {
      process.stdout.write(`painted ${at}\n`)
    })
  })
})
