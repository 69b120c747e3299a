export { lexiconScorer, type ManyNewsScorer, type NewsScorer, scoreNews, scoreNewsBy } from './score-news.js';
export { createWordPiece, type WordPieceTokenizer } from './wordpiece.js';
