// `npm run guide`: walks through the window as the end-to-end tests do, and puts its images in docs/guide.
process.env.EXEMPLAR_GUIDE = '1'
process.argv.splice(2, Infinity, 'playwright', 'test', 'loop', 'badInput', 'accessibility', 'recipes', 'promptStudio')
await import('./withRuntime.mjs')
