import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createWordPiece } from './wordpiece.js';

/** Made by bench/peers/wordpiece_vectors.py. */
const vectors = JSON.parse(readFileSync(new URL('./vectors/wordpiece.json', import.meta.url), 'utf8')) as {
  readonly vocabulary: string[];
  readonly texts: string[];
  readonly cases: readonly { readonly lowercase: boolean; readonly maxTokens: number; readonly ids: number[][] }[];
};

describe('WordPiece tokens', () => {
  it.each(vectors.cases)('are those of Hugging Face: lowercase $lowercase, at most $maxTokens', (one) => {
    const tokenizer = createWordPiece(vectors.vocabulary, one.lowercase);
    for (const [i, text] of vectors.texts.entries()) {
      expect(tokenizer.encode(text, one.maxTokens), JSON.stringify(text)).toEqual(one.ids[i]);
    }
  });

  it('need the special tokens, and each token once', () => {
    expect(() => createWordPiece(['[UNK]', '[CLS]'], true, 'vocab.txt')).toThrow(
      'vocab.txt: found no token [SEP] among 2',
    );
    expect(() => createWordPiece(['[UNK]', '[CLS]', '[SEP]', 'a', 'a'], true, 'vocab.txt')).toThrow(
      'vocab.txt:4: found the token "a" twice',
    );
  });

  it('take a special token in a text for text', () => {
    const tokenizer = createWordPiece(['[UNK]', '[CLS]', '[SEP]', '[', ']', 'sep'], true);
    expect(tokenizer.encode('[SEP]', 9)).toEqual([1, 3, 5, 4, 2]);
  });
});
