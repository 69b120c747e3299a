// Writes docs/features.md from the column table of src/features.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { build } from './build.mjs';

build();
const { featureReference } = await import('../dist/features/index.js');
writeFileSync(join(root, 'docs', 'features.md'), featureReference());
