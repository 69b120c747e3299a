export { lexiconScorer, type NewsScorer, scoreNews } from './score-news.js';
