// `npm test`: install when needed, build when needed (worker threads run the built files), then every test.
import { installWhenNeeded, run } from './bootstrap.mjs';

installWhenNeeded();
const { build } = await import('./build.mjs');
build();
run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)]);
