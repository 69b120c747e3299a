import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/experiment/config/load.js';
import type { ClassifierConfig } from '../../src/experiment/config/news-section.js';
import { openNewsClassifier } from '../../src/experiment/news/index.js';
import { readFeatureTables } from '../../src/experiment/pipeline/feature-tables.js';
import { createWordPiece, lexiconScorer } from '../../src/features/index.js';
import { type MarketStore, newsSchema } from '../../src/market/index.js';
import {
  type EmbeddingBag,
  embeddingBagLogits,
  embeddingBagModel,
  trainEmbeddingBag,
} from '../../src/onnx/text-classifier.fixture.js';
import { makeTable } from '../../src/tables/index.js';
import { createRng } from '../../src/util/index.js';

const WORDS = `profit beats surges record gain rally loss falls probe recall slump fraud
  the company shares on friday quarter its report meeting holds annual of`.split(/\s+/);
const VOCABULARY = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', ...WORDS];
/** The order of FinBERT's outputs. */
const CLASSES = ['positive', 'negative', 'neutral'];
const tokenizer = createWordPiece(VOCABULARY, true);

function sentences(count: number, label: string): string[] {
  const rng = createRng(3, 'sentences', label);
  const word = () => WORDS[Math.floor(rng.uniform() * WORDS.length)];
  return Array.from({ length: count }, () => Array.from({ length: 3 + Math.floor(rng.uniform() * 6) }, word).join(' '));
}

const classOf = (score: number) => (score > 0 ? 0 : score < 0 ? 1 : 2);

/** Learns what the lexicon says of sentences. */
function trained(): EmbeddingBag {
  const rng = createRng(5, 'parameters');
  const drawn = (length: number) => Float32Array.from({ length }, () => (rng.uniform() - 0.5) / 2);
  const [vocabulary, width, classes] = [VOCABULARY.length, 8, CLASSES.length];
  const bag = { embedding: drawn(vocabulary * width), dense: drawn(width * classes), bias: drawn(classes) };
  const samples = sentences(800, 'train').map((text) => ({
    ids: tokenizer.encode(text, 128),
    label: classOf(lexiconScorer.score(text)),
  }));
  const whole = { ...bag, vocabulary, width, classes };
  trainEmbeddingBag(whole, samples, 60, 0.3);
  return whole;
}

let bag: EmbeddingBag;
let folder: string;
beforeAll(() => {
  bag = trained();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'candlenet-classifier-'));
  writeFileSync(join(folder, 'model.onnx'), embeddingBagModel(bag));
  writeFileSync(join(folder, 'vocab.txt'), `${VOCABULARY.join('\n')}\n`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const config = (more: Partial<ClassifierConfig> = {}): ClassifierConfig => ({
  model: join(folder, 'model.onnx'),
  vocabulary: join(folder, 'vocab.txt'),
  classes: CLASSES,
  positive: 'positive',
  negative: 'negative',
  output: 'logits',
  lowercase: true,
  maxTokens: 128,
  ...more,
});

async function scoresOf(texts: readonly string[], more: Partial<ClassifierConfig> = {}, store = join(folder, 'store')) {
  mkdirSync(store, { recursive: true });
  const scorer = await openNewsClassifier(config(more), store, {});
  try {
    return [...(await scorer.scoreAll(texts))];
  } finally {
    await scorer.close();
  }
}

describe('a news classifier', () => {
  it('gives the probability of the positive class less that of the negative, as its own arithmetic does', async () => {
    const texts = sentences(150, 'test');
    const scores = await scoresOf(texts);
    for (const [i, text] of texts.entries()) {
      const weights = embeddingBagLogits(bag, tokenizer.encode(text, 128)).map(Math.exp);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      expect(scores[i], text).toBeCloseTo((weights[0] - weights[1]) / total, 5);
    }
    // What it learnt from the lexicon holds for sentences it has not seen.
    const agree = texts.filter((text, i) => Math.abs(scores[i] - Math.sign(lexiconScorer.score(text))) < 0.5);
    expect(agree.length / texts.length).toBeGreaterThan(0.85);
  });

  it('scores a text alike alone and among others, to the bit', async () => {
    const texts = sentences(20, 'company');
    const together = await scoresOf(texts, {}, join(folder, 'a'));
    for (const [i, text] of texts.entries()) {
      expect(await scoresOf([text], {}, join(folder, `b${i}`))).toEqual([together[i]]);
    }
  });

  it('keeps its scores in the store, by text, model and options', async () => {
    const [first] = await scoresOf(['profit surges']);
    const kept = join(folder, 'store', 'news-scores');
    const [name] = readdirSync(kept);
    const line = readFileSync(join(kept, name), 'utf8');
    expect(line).toMatch(/^[0-9a-f]{32} \S+\n$/);
    expect(Number(line.split(' ')[1])).toBe(first);
    writeFileSync(join(kept, name), `${line.slice(0, 32)} 0.125\n`);
    expect(await scoresOf(['profit surges', 'profit falls'])).toEqual([0.125, expect.any(Number)]);
    writeFileSync(join(kept, name), 'no hash and no score\n');
    expect(await scoresOf(['profit surges'])).toEqual([first]);
    await scoresOf(['profit surges'], { maxTokens: 4 });
    writeFileSync(join(folder, 'model.onnx'), embeddingBagModel({ ...bag, bias: Float32Array.of(0, 99, 0) }));
    expect(await scoresOf(['profit surges'])).not.toEqual([first]);
    expect(readdirSync(kept)).toHaveLength(3);
  });

  it('keeps what it has scored when it is stopped', async () => {
    const abort = new AbortController();
    mkdirSync(join(folder, 'store'));
    const scorer = await openNewsClassifier(config(), join(folder, 'store'), { signal: abort.signal });
    abort.abort(new Error('stopped'));
    const texts = Array.from({ length: 700 }, (_, i) => `profit ${i}`);
    await expect(scorer.scoreAll(texts)).rejects.toThrow('stopped');
    await scorer.close();
    const kept = join(folder, 'store', 'news-scores');
    expect(
      readFileSync(join(kept, readdirSync(kept)[0]), 'utf8')
        .trim()
        .split('\n'),
    ).toHaveLength(500);
  });

  it.each<[string, () => Partial<ClassifierConfig>, string, string]>([
    ['no model', () => ({ model: join(folder, 'none.onnx') }), 'FILE_NOT_FOUND', 'none.onnx'],
    ['no vocabulary', () => ({ vocabulary: join(folder, 'none.txt') }), 'FILE_NOT_FOUND', 'none.txt'],
    ['a model that is none', () => ({ model: join(folder, 'vocab.txt') }), 'CLASSIFIER_INVALID', 'refuses the model'],
    [
      'other classes than the model has',
      () => ({ classes: ['positive', 'negative'] }),
      'CLASSIFIER_INVALID',
      'output "logits": found float32[1 × 3], expected float32[1 × 2]',
    ],
    [
      'logits for probabilities',
      () => ({ output: 'probabilities' }),
      'CLASSIFIER_INVALID',
      'expected probabilities; set features.news.classifier.output to logits',
    ],
    [
      'a vocabulary of another model',
      () => {
        writeFileSync(join(folder, 'long.txt'), [...VOCABULARY, 'more', 'words'].join('\n'));
        return { vocabulary: join(folder, 'long.txt') };
      },
      'CLASSIFIER_INVALID',
      'ONNX Runtime failed on a text of',
    ],
    [
      'a vocabulary without special tokens',
      () => {
        writeFileSync(join(folder, 'bare.txt'), WORDS.join('\n'));
        return { vocabulary: join(folder, 'bare.txt') };
      },
      'CLASSIFIER_INVALID',
      'bare.txt: found no token [UNK]',
    ],
    [
      'a model without token ids',
      () => {
        writeFileSync(join(folder, 'other.onnx'), embeddingBagModel(bag, { ids: 'position_ids' }));
        return { model: join(folder, 'other.onnx') };
      },
      'CLASSIFIER_INVALID',
      'expected input_ids among them',
    ],
    [
      'a model with an input of its own',
      () => {
        writeFileSync(join(folder, 'other.onnx'), embeddingBagModel(bag, { ids: 'pixels' }));
        return { model: join(folder, 'other.onnx') };
      },
      'CLASSIFIER_INVALID',
      'found the input "pixels"',
    ],
  ])('is refused with %s', async (_name, how, code, message) => {
    await expect(scoresOf(['profit more words'], how())).rejects.toMatchObject({
      code,
      exitStatus: 2,
      message: expect.stringContaining(message),
    });
  });

  it('fills in what the source does not score, where the configuration names it', async () => {
    const store = join(folder, 'store');
    mkdirSync(store);
    const news = makeTable(newsSchema, {
      symbol: ['A', 'A', 'B'],
      published: Float64Array.of(1, 2, 3),
      zone: ['UTC', 'UTC', 'UTC'],
      title: ['profit surges', 'record loss', 'its annual'],
      body: ['', 'fraud', ''],
      score: Float64Array.of(-0.25, Number.NaN, Number.NaN),
    });
    const yaml = `market: { store: store, index: x }
split: { train: [2020-01-01, 2020-12-31], validate: [2021-01-01, 2021-12-31], test: [2022-01-01, 2022-12-31] }
features:
  news:
    classifier: { model: model.onnx, vocabulary: vocab.txt, classes: [positive, negative, neutral] }
`;
    writeFileSync(join(folder, 'run.yaml'), yaml);
    const { classifier } = loadConfig(join(folder, 'run.yaml')).config.features.news;
    const read = { dir: store, readNews: async () => news, readInstruments: async () => [] } as unknown as MarketStore;
    const tables = await readFeatureTables(read, 0, ['news'], [], { classifier });
    const [second, third] = await scoresOf(['record loss\nfraud', 'its annual']);
    expect([...(tables.news?.columns.score ?? [])]).toEqual([-0.25, second, third]);
    expect(second).toBeLessThan(-0.5);
  });

  it.each([
    ['classes: [positive, neutral]', 'found "negative", expected one of the classes positive, neutral'],
    ['classes: [negative, positive, positive]', 'found "positive" twice'],
    ['classes: [up, down], positive: up, negative: up', 'expected another class than positive'],
    ['classes: [positive, negative], maxTokens: 2', 'maxTokens'],
  ])('is configured with classes that can be: %s', (line, message) => {
    writeFileSync(
      join(folder, 'run.yaml'),
      `market: { store: s, index: x }
split: { train: [2020-01-01, 2020-12-31], validate: [2021-01-01, 2021-12-31], test: [2022-01-01, 2022-12-31] }
features:
  news: { classifier: { model: m, vocabulary: v, ${line} } }
`,
    );
    expect(() => loadConfig(join(folder, 'run.yaml'))).toThrow(message);
  });
});
