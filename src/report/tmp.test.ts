import { writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { renderReport } from './render-report.js';
import { renderSummary } from './render-summary.js';
import { sampleReport } from './report.fixture.js';

it('x', () => {
  const t = performance.now();
  const d = sampleReport();
  const t1 = performance.now();
  writeFileSync('/tmp/rep/en.html', renderReport(d, { language: 'en' }));
  console.log(renderSummary(d, { reportPath: 'runs/3f9c2a71/report.html' }));
  console.log(
    renderSummary(sampleReport({ skill: 0.06, kind: 'planted' }), { language: 'zh', reportPath: 'runs/x/report.html' }),
  );
  console.log('build', t1 - t, 'render', performance.now() - t1);
  writeFileSync('/tmp/rep/zh.html', renderReport(sampleReport({ skill: 0.06, kind: 'planted' }), { language: 'zh' }));
});
