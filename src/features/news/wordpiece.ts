import { CandlenetError } from '../../util/index.js';

/** Turns texts into the token ids that BERT-like models read. */
export interface WordPieceTokenizer {
  /** Ids of `[CLS]`, the text's pieces, `[SEP]`; a longer text loses its end. */
  encode(text: string, maxTokens: number): number[];
}

const UNKNOWN = '[UNK]';
/** Longer words are unknown as a whole, as in BERT. */
const LONGEST_WORD = 100;

/**
 * BERT's tokenizer (Devlin et al. 2019; `tokenization.py` of google-research/bert): texts are cleaned, Chinese characters stand
 * alone, accents go with the capitals, punctuation is split off, and each word is cut into the longest pieces of the vocabulary
 * from its front. A special token written in a text is text.
 * @param vocabulary tokens in the order of their ids, as in `vocab.txt`
 * @param lowercase whether the vocabulary is uncased
 * @throws CLASSIFIER_INVALID
 */
export function createWordPiece(
  vocabulary: readonly string[],
  lowercase: boolean,
  where = 'vocabulary',
): WordPieceTokenizer {
  const ids = new Map(vocabulary.map((token, id) => [token, id]));
  if (ids.size < vocabulary.length) {
    const twice = vocabulary.findIndex((token, id) => ids.get(token) !== id);
    throw invalid(`${where}:${twice + 1}: found the token "${vocabulary[twice]}" twice, expected each once`);
  }
  const special = (token: string) => {
    const id = ids.get(token);
    if (id !== undefined) return id;
    throw invalid(`${where}: found no token ${token} among ${vocabulary.length}, expected one, as in BERT's vocab.txt`);
  };
  const [unknown, begin, end] = [special(UNKNOWN), special('[CLS]'), special('[SEP]')];

  function* piecesOf(word: string): Generator<number> {
    const characters = [...word];
    if (characters.length > LONGEST_WORD) {
      yield unknown;
      return;
    }
    const found: number[] = [];
    for (let from = 0; from < characters.length; ) {
      let to = characters.length;
      let id: number | undefined;
      for (; to > from; to--) {
        id = ids.get((from === 0 ? '' : '##') + characters.slice(from, to).join(''));
        if (id !== undefined) break;
      }
      if (id === undefined) {
        yield unknown;
        return;
      }
      found.push(id);
      from = to;
    }
    yield* found;
  }

  return {
    encode(text, maxTokens) {
      const tokens = [begin];
      for (const word of wordsOf(text, lowercase)) {
        for (const id of piecesOf(word)) tokens.push(id);
        if (tokens.length >= maxTokens) break;
      }
      tokens.length = Math.min(tokens.length, maxTokens - 1);
      return [...tokens, end];
    },
  };
}

const invalid = (message: string) => new CandlenetError('CLASSIFIER_INVALID', message);

/** Control, format, unassigned and private characters, and the mark of what could not be decoded; not the three white ones. */
const NO_TEXT = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Cn}\p{Co}\uFFFD]/gu;
const CHINESE =
  /[\u4E00-\u9FFF\u3400-\u4DBF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2B81F}\u{2B820}-\u{2CEAF}\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/gu;
/** Unicode's, and what of ASCII is neither letter, digit nor white, such as $ and +. */
const PUNCTUATION = /[\p{P}!-/:-@[-`{-~]/gu;

function wordsOf(text: string, lowercase: boolean): string[] {
  let plain = text.replace(NO_TEXT, '').replace(CHINESE, ' $& ');
  if (lowercase)
    plain = plain
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      .toLowerCase();
  return plain
    .replace(PUNCTUATION, ' $& ')
    .split(/\p{White_Space}+/u)
    .filter((word) => word !== '');
}
