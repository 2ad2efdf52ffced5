import { expect, test } from '@playwright/test'
import { defaultProviderSettings } from '../../src/shared/domain'
import { startModelServer } from '../support/modelServer'
import { startProxyServer } from '../support/proxyServer'
import { launch, temporaryUserData } from './launch'
import { callMain } from './projects'

const provider = { ...defaultProviderSettings, kind: 'openai' as const, baseUrl: 'http://models.example.invalid/v1', model: 'a-model' }

test('models are asked through the proxy of the system, or that of the environment where there is one', async () => {
  const server = await startModelServer()
  const ofSystem = await startProxyServer({ target: server.url })
  const ofEnvironment = await startProxyServer({ target: server.url })
  for (const [proxy, other, environment] of [
    [ofSystem, ofEnvironment, undefined],
    [ofEnvironment, ofSystem, { HTTP_PROXY: ofEnvironment.url }],
  ] as const) {
    const app = await launch(temporaryUserData(), environment)
    const page = await app.firstWindow()
    await app.evaluate(({ session }, proxyRules) => session.defaultSession.setProxy({ proxyRules }), ofSystem.url)
    const before = other.requests.length
    expect(await callMain(page, 'app.testProvider', provider)).toMatchObject({ ok: true, value: { model: 'a-model' } })
    expect(proxy.requests).toHaveLength(1)
    expect(other.requests).toHaveLength(before)
    await app.close()
  }
  for (const each of [server, ofSystem, ofEnvironment]) await each.close()
})
