import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { builtUrl } from '../util/index.js';
import {
  candidateProviders,
  type EffectiveProvider,
  type Provider,
  type ProviderChoice,
  providerNote,
  providerReason,
} from './providers.js';

/** A driver that does not answer within this is no use. */
const PATIENCE_MILLISECONDS = 60_000;

/** What is missing on this machine, or null; asked once a process. */
const known = new Map<EffectiveProvider, Promise<string | null>>();

/**
 * Tries a provider in a process of its own: graphics drivers write to stderr past every log level, and a broken one may
 * take the process down.
 */
function missing(provider: EffectiveProvider): Promise<string | null> {
  if (provider === 'cpu') return Promise.resolve(null);
  const asked = known.get(provider);
  if (asked) return asked;
  const probe = fileURLToPath(builtUrl(import.meta.url, './workers/probe.js'));
  const answer = new Promise<string | null>((resolve) => {
    execFile(process.execPath, [probe, provider], { timeout: PATIENCE_MILLISECONDS }, (error, stdout) => {
      if (stdout.startsWith('missing ')) resolve(providerReason(stdout.slice('missing '.length)));
      else if (error !== null) resolve(error.killed ? 'its driver does not answer' : 'its driver crashes');
      else resolve(null);
    });
  });
  known.set(provider, answer);
  return answer;
}

/** The first provider that works on this machine of those that `provider` stands for; the CPU always does. */
export async function usableProvider(provider: Provider): Promise<ProviderChoice> {
  const reasons: string[] = [];
  for (const candidate of candidateProviders(provider)) {
    const reason = await missing(candidate);
    if (reason === null) return { provider: candidate, note: providerNote(provider, candidate, reasons.join('; ')) };
    reasons.push(provider === 'auto' ? `${candidate}: ${reason}` : reason);
  }
  return { provider: 'cpu', note: providerNote(provider, 'cpu', reasons.join('; ')) };
}

/** What is to be said of a session opened on a usable provider: it may still have refused the model itself. */
export const openedOn = (usable: ProviderChoice, opened: ProviderChoice): ProviderChoice =>
  opened.note === null ? { provider: opened.provider, note: usable.note } : opened;
