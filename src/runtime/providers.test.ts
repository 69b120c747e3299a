import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { Graph, relu } from '../tensor/index.js';
import { builtUrl } from '../util/index.js';
import { compile } from './index.js';
import { candidateProviders, PROVIDERS, providerNote, providerReason } from './providers.js';

it('every provider falls back to the CPU, and says so in one line', () => {
  for (const provider of PROVIDERS) expect(candidateProviders(provider).at(-1)).toBe('cpu');
  expect(providerNote('cuda', 'cpu', 'no CUDA library')).toBe(
    'provider cuda is not available here (no CUDA library); running on cpu',
  );
  expect(providerNote('auto', 'cpu', 'cuda: no CUDA library')).toBe(
    'provider auto runs on cpu (cuda: no CUDA library)',
  );
  expect(providerNote('auto', 'cuda', '')).toBe('provider auto runs on cuda');
  expect(providerNote('cpu', 'cpu', '')).toBeNull();
});

it('puts what ONNX Runtime 1.30 says in words a user can act on', () => {
  const said = 'OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library';
  expect(providerReason(said)).toBe('ONNX Runtime’s CUDA library is not installed or cannot be loaded');
  const adapter = '/src/webgpu_context.cc:136 Failed to get a WebGPU adapter: No supported adapters\n';
  expect(providerReason(adapter)).toBe('no graphics adapter that WebGPU supports');
  expect(providerReason('something else\nand more')).toBe('something else');
});

describe.each(PROVIDERS)('provider %s', (provider) => {
  it('computes, on what was asked for or on what the note says instead', async () => {
    const { choice, run, close } = await compile({ y: relu(new Graph().input('x', [3])) }, { provider });
    expect([...(await run({ x: [-1, 0, 2] })).y]).toEqual([0, 0, 2]);
    if (choice.provider !== provider)
      expect(choice.note).toMatch(new RegExp(`provider ${provider}.* on ${choice.provider}`));
    else expect(choice.note).toBeNull();
    await close();
  });

  it('prints nothing of its own, whatever the drivers say', () => {
    const script = `
      const { compile } = await import(${JSON.stringify(builtUrl(import.meta.url, './index.js').href)});
      const { Graph, relu } = await import(${JSON.stringify(builtUrl(import.meta.url, '../tensor/index.js').href)});
      const { choice, run } = await compile({ y: relu(new Graph().input('x', [1])) }, { provider: '${provider}' });
      console.log(choice.provider, (await run({ x: [3] })).y[0]);`;
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^(cpu|webgpu|cuda) 3\n$/);
  });
});
