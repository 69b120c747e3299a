import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelNames } from '../../src/models/index.js';
import { hasChromium, launchChromium, whyNot } from './chromium.js';
import { type TrainedNetwork, trainedNetwork } from './network.fixture.js';

const require = createRequire(import.meta.url);
const webRuntime = dirname(require.resolve('onnxruntime-web'));

/** What the page may ask for besides itself and the models: the WebAssembly build of onnxruntime-web. */
const RUNTIME_FILES: Readonly<Record<string, string>> = {
  'ort.wasm.min.mjs': 'text/javascript',
  'ort-wasm-simd-threaded.mjs': 'text/javascript',
  'ort-wasm-simd-threaded.wasm': 'application/wasm',
};

/** Loads the model and runs it on the windows, all at once and again in a smaller batch. */
const PAGE = `<!doctype html><meta charset="utf-8"><script type="module">
  import * as ort from './ort.wasm.min.mjs';
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = new URL('./', location.href).href;
  window.forecast = async (name, window, features, values, batches) => {
    const session = await ort.InferenceSession.create('./' + name + '.onnx', { executionProviders: ['wasm'] });
    const results = [];
    for (const batch of batches) {
      const x = Float32Array.from(values.slice(0, batch * window * features));
      const { probabilities } = await session.run({ x: new ort.Tensor('float32', x, [batch, window, features]) });
      results.push({ dims: [...probabilities.dims], data: [...probabilities.data] });
    }
    const { inputNames, outputNames } = session;
    return { inputNames, outputNames, results };
  };
  window.ready = true;
</script>`;

interface Forecast {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly results: readonly { readonly dims: readonly number[]; readonly data: readonly number[] }[];
}

describe.skipIf(!hasChromium)(`model.onnx in a browser, by onnxruntime-web${whyNot}`, () => {
  const networks = new Map<string, TrainedNetwork>();
  const asked: string[] = [];
  let server: Server;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const name = (request.url ?? '/').slice(1);
      const send = (type: string, body: string | Uint8Array) => response.setHeader('content-type', type).end(body);
      const network = networks.get(name.replace(/\.onnx$/, ''));
      if (name === '') send('text/html', PAGE);
      else if (Object.hasOwn(RUNTIME_FILES, name)) send(RUNTIME_FILES[name], readFileSync(join(webRuntime, name)));
      else if (network) send('application/octet-stream', network.model);
      else response.writeHead(404).end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    browser = await launchChromium();
    page = await browser.newPage();
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction('window.ready');
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  it.each(modelNames())('%s gives there what it gives here, whatever the batch', async (name) => {
    const samples = 7;
    const network = await trainedNetwork(name, samples);
    networks.set(name, network);
    const { window, features, classes } = network.shape;
    const args = [name, window, features, [...network.windows], [samples, 2]].map((arg) => JSON.stringify(arg));
    const found = (await page.evaluate(`window.forecast(${args})`)) as Forecast;

    expect([found.inputNames, found.outputNames]).toEqual([['x'], ['probabilities']]);
    expect(found.results.map(({ dims }) => dims)).toEqual([
      [samples, classes],
      [2, classes],
    ]);
    for (const { data } of found.results) {
      const apart = data.map((value, i) => Math.abs(value - network.probabilities[i]));
      expect(Math.max(...apart)).toBeLessThanOrEqual(1e-5);
    }
    // A network that answered the same for every sample would make the comparison idle.
    const ofClass = Array.from({ length: samples }, (_, i) => network.probabilities[i * classes]);
    expect(Math.max(...ofClass) - Math.min(...ofClass)).toBeGreaterThan(1e-3);
  });

  it('asks for nothing beyond the page, the runtime and the models', () => {
    const origin = new URL(page.url()).origin;
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((url) => new URL(url).origin !== origin)).toEqual([]);
  });
});
