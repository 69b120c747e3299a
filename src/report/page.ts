import { Html, html } from './html.js';
import { STYLE, THEME_SCRIPT } from './style.js';
import type { Words } from './words/english.js';

export interface Page {
  readonly words: Words;
  readonly title: string;
  /** Of candlenet. */
  readonly version: string;
  readonly head: Html;
  readonly main: Html;
}

/** One HTML file that fetches nothing and needs no script but for its theme button. */
export function renderPage({ words, title, version, head, main }: Page): string {
  return html`<!doctype html>
<html lang="${words.htmlLanguage}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="candlenet ${version}">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
${head}<main>
${main}</main>
<footer>${words.text.footer}</footer>
<script>${new Html(THEME_SCRIPT)}</script>
</body>
</html>
`.text;
}
