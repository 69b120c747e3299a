import { CandlenetError } from '../util/index.js';

/**
 * What executes the graph. `auto` is CUDA where it works, else the CPU; WebGPU only when asked for, since small networks
 * run faster on the CPU. Equal bits are promised for the CPU alone.
 */
export const PROVIDERS = ['cpu', 'webgpu', 'cuda', 'auto'] as const;
export type Provider = (typeof PROVIDERS)[number];
export type EffectiveProvider = Exclude<Provider, 'auto'>;

export interface ProviderChoice {
  readonly provider: EffectiveProvider;
  /** One line when it is not what was asked for, or `auto` had to choose. */
  readonly note: string | null;
}

/** In the order in which they are tried. @throws CONFIG_INVALID */
export function candidateProviders(provider: Provider): readonly EffectiveProvider[] {
  switch (provider) {
    case 'cpu':
      return ['cpu'];
    case 'webgpu':
      return ['webgpu', 'cpu'];
    case 'cuda':
    case 'auto':
      return ['cuda', 'cpu'];
    default: {
      const found = JSON.stringify(provider);
      throw new CandlenetError('CONFIG_INVALID', `provider: found ${found}, expected one of ${PROVIDERS.join(', ')}`);
    }
  }
}

/** `reason` is why an earlier candidate could not be had; empty where there was none. */
export function providerNote(asked: Provider, got: EffectiveProvider, reason: string): string | null {
  if (asked === got) return null;
  if (asked === 'auto') return `provider auto runs on ${got}${reason === '' ? '' : ` (${reason})`}`;
  return `provider ${asked} is not available here (${reason}); running on ${got}`;
}

/** What ONNX Runtime says of a provider it does not have, in words a user can act on. */
const KNOWN_REASONS: readonly { readonly says: RegExp; readonly meaning: string }[] = [
  {
    says: /Cuda: Failed to load shared library/i,
    meaning: 'ONNX Runtime’s CUDA library is not installed or cannot be loaded',
  },
  { says: /WebGPU adapter/i, meaning: 'no graphics adapter that WebGPU supports' },
];

const LONGEST = 200;

/** Why a provider is not to be had, in one line, from ONNX Runtime's message. */
export function providerReason(message: string): string {
  const known = KNOWN_REASONS.find(({ says }) => says.test(message));
  return known?.meaning ?? message.split('\n')[0].slice(0, LONGEST);
}
