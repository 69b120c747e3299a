import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { createWordPiece, type ManyNewsScorer } from '../../features/index.js';
import { openTokenClassifier, type TokenClassifier } from '../../runtime/index.js';
import { CandlenetError, canonicalJson, readInputFile, sha256, silentProgress } from '../../util/index.js';
import type { ClassifierConfig } from '../config/news-section.js';
import { breathe, type Services } from '../services.js';
import { openScoreCache } from './score-cache.js';

/** Texts between two savings of their scores. */
const SAVED_EVERY = 500;

/** Probabilities that a model states sum to 1 but for its float32. */
const SUM_TOLERANCE = 1e-3;

/**
 * A news classifier of the user's: an ONNX model over WordPiece tokens. The score of a text is the probability of the positive
 * class less that of the negative, and depends on the text alone. Scores are kept in the store's folder under the hashes of
 * text, model, vocabulary and options, and saved on the way, so that a stopped run carries on.
 * @throws FILE_NOT_FOUND, CLASSIFIER_INVALID; when scoring also FILE_WRITE_FAILED
 */
export async function openNewsClassifier(
  config: ClassifierConfig,
  storeDir: string,
  { progress = silentProgress, signal }: Partial<Services>,
): Promise<ManyNewsScorer & { close(): Promise<void> }> {
  const model = readInputFile(config.model, 'news classifier');
  const vocabulary = readInputFile(config.vocabulary, 'vocabulary of the news classifier');
  const tokens = vocabulary
    .toString('utf8')
    .replace(/\r?\n$/, '')
    .split(/\r?\n/);
  const tokenizer = createWordPiece(tokens, config.lowercase, config.vocabulary);
  const cache = openScoreCache(storeDir, classifierId(config, model, vocabulary));
  let opened: TokenClassifier | null = null;

  async function score(text: string): Promise<number> {
    opened ??= await openTokenClassifier(config.model, config.classes.length);
    const values = await opened.run(tokenizer.encode(text, config.maxTokens));
    const probabilities = probabilitiesOf(values, config);
    const of = (name: string) => probabilities[config.classes.indexOf(name)];
    return Math.min(1, Math.max(-1, of(config.positive) - of(config.negative)));
  }

  return {
    async scoreAll(texts) {
      const scores = Float64Array.from(texts, (text) => cache.get(text) ?? Number.NaN);
      const missing = [...scores.keys()].filter((i) => Number.isNaN(scores[i]));
      if (missing.length === 0) return scores;
      const task = progress.start('Scoring news', missing.length, 'texts');
      let unsaved = 0;
      try {
        for (const [done, i] of missing.entries()) {
          scores[i] = await score(texts[i]);
          cache.set(texts[i], scores[i]);
          task.update(done + 1);
          if (++unsaved < SAVED_EVERY) continue;
          cache.save();
          unsaved = 0;
          await breathe(signal);
        }
      } finally {
        if (unsaved > 0) cache.save();
      }
      task.end();
      return scores;
    },
    async close() {
      await opened?.close();
    },
  };
}

function probabilitiesOf(values: Float32Array, { model, output }: ClassifierConfig): number[] {
  const all = Array.from(values);
  if (!all.every(Number.isFinite)) {
    throw invalid(`${model}: found the outputs ${all.join(', ')}, expected finite numbers`);
  }
  if (output === 'probabilities') {
    const sum = all.reduce((total, value) => total + value, 0);
    if (all.every((value) => value >= 0) && Math.abs(sum - 1) <= SUM_TOLERANCE) return all;
    throw invalid(
      `${model}: found the outputs ${all.join(', ')}, expected probabilities; set features.news.classifier.output to logits`,
    );
  }
  const largest = Math.max(...all);
  const weights = all.map((value) => Math.exp(value - largest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

const invalid = (message: string) => new CandlenetError('CLASSIFIER_INVALID', message);

/** Weights of a large model lie in a file beside it. */
const BESIDE = ['.data', '_data'];

function classifierId(config: ClassifierConfig, model: Uint8Array, vocabulary: Uint8Array): string {
  const { model: path, vocabulary: _, ...options } = config;
  const weights = BESIDE.map((end) => `${path}${end}`)
    .filter((file) => existsSync(file))
    .map((file) => sha256(readInputFile(file, 'weights of the news classifier')));
  return sha256(canonicalJson([sha256(model), ...weights, sha256(vocabulary), options])).slice(0, 16);
}

/** Who scored the news, for the report. */
export function classifierNote({ model, classes, positive, negative }: ClassifierConfig): string {
  const hash = sha256(readInputFile(model, 'news classifier')).slice(0, 12);
  return `News are scored as their source scores them; where it does not, by the classifier ${basename(model)} (SHA-256 ${hash}…, classes ${classes.join(', ')}): P(${positive}) − P(${negative}).`;
}
