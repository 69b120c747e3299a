import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modelByName, modelDefaults } from '../../src/models/index.js';
import { Scope } from '../../src/nn/index.js';
import { Graph } from '../../src/tensor/index.js';

const page = readFileSync(new URL('../../docs/models.md', import.meta.url), 'utf8');

/** Rows of the table under a model's heading whose first header is `header`. */
function table(model: string, header: string): string[][] {
  const section = page.split(`\n## \`${model}\`\n`)[1]?.split('\n## ')[0] ?? '';
  const lines = section.split('\n');
  const first = lines.findIndex((line) => line.startsWith(`| ${header} |`)) + 2;
  const count = lines.slice(first).findIndex((line) => !line.startsWith('|'));
  return lines.slice(first, first + count).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const format = (count: number) => count.toLocaleString('en-US');

describe.each(['cnn', 'lstm', 'cnn-lstm', 'cnn-lstm-optimised'])('docs/models.md on %s', (name) => {
  it('has its options and their defaults', () => {
    const found = table(name, 'option').map(([option, standard]) => [option.replaceAll('`', ''), standard]);
    expect(found).toEqual(Object.entries(modelDefaults(name)).map(([option, value]) => [option, String(value)]));
  });

  it('has the parameters of each layer at the paper’s sizes', () => {
    const scope = new Scope(new Graph(), { mode: 'training' });
    modelByName(name).build(scope, scope.graph.input('x', [2, 20, 81]), 3);
    const layers = new Map<string, number>();
    for (const slot of scope.params) {
      const layer = slot.name.slice(0, slot.name.lastIndexOf('.'));
      layers.set(layer, (layers.get(layer) ?? 0) + slot.size);
    }
    const total = [...layers.values()].reduce((a, b) => a + b, 0);
    const found = table(name, 'layer').map(([layer, , count]) => [layer.replaceAll('`', ''), count]);
    expect(found).toEqual([...[...layers].map(([layer, count]) => [layer, format(count)]), ['all', format(total)]]);
  });
});
