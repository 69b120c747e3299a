// `npm start`: install when needed, build when needed, then run `candlenet demo`.
import { installWhenNeeded, run } from './bootstrap.mjs';

installWhenNeeded();
const { build } = await import('./build.mjs');
console.error('Building …');
build();
run(process.execPath, ['dist/cli/main.js', 'demo', ...process.argv.slice(2)]);
