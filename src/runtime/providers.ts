/** What executes the graph. `auto` is CUDA where it is installed, else the CPU; WebGPU only when asked for. */
export const PROVIDERS = ['cpu', 'webgpu', 'cuda', 'auto'] as const;
export type Provider = (typeof PROVIDERS)[number];
export type EffectiveProvider = Exclude<Provider, 'auto'>;

export interface ProviderChoice {
  readonly provider: EffectiveProvider;
  /** One line when it is not what was asked for. */
  readonly note: string | null;
}

/** In the order in which they are tried. */
export function candidateProviders(provider: Provider): readonly EffectiveProvider[] {
  switch (provider) {
    case 'cpu':
      return ['cpu'];
    case 'webgpu':
      return ['webgpu', 'cpu'];
    case 'cuda':
    case 'auto':
      return ['cuda', 'cpu'];
  }
}

export function providerNote(asked: Provider, got: EffectiveProvider, reason: string): string | null {
  if (asked === got || asked === 'auto') return null;
  return `provider ${asked} is not available here (${reason}); running on ${got}`;
}
