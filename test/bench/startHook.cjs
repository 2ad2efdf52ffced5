// Loaded into an Electron process with `-r`: says when the first window shows what EXEMPLAR_BENCH_SELECTOR names, painted.
const { app } = require('electron')

/** @param {string} selector */
const painted = (selector) => `new Promise((resolve) => {
  const look = () => {
    const found = document.querySelector(${JSON.stringify(selector)})
    if (!found || (found instanceof HTMLImageElement && !found.complete)) return requestAnimationFrame(look)
    requestAnimationFrame(() => setTimeout(resolve, 0))
  }
  look()
})`

app.on('browser-window-created', (_event, window) => {
  window.webContents.once('dom-ready', () => {
    void window.webContents.executeJavaScript(painted(process.env.EXEMPLAR_BENCH_SELECTOR ?? 'body')).then(() => {
      process.stdout.write(`painted ${Date.now()}\n`)
    })
  })
})
