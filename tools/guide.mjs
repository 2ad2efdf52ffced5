// `npm run guide`: runs end-to-end tests through the window, and saves its screenshots in docs/guide.
process.env.EXEMPLAR_GUIDE = '1'
process.argv.splice(2, Infinity, 'playwright', 'test', 'loop', 'badInput', 'accessibility', 'recipes', 'promptStudio')
await import('./withRuntime.mjs')
