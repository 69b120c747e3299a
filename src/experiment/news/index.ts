export { classifierNote, openNewsClassifier } from './news-classifier.js';
