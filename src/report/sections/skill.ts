import { calibrationChart, confusionChart } from '../../charts/index.js';
import { type ClassificationMeasures, FORECAST_CLASSES, type ForecastClass } from '../../evaluation/index.js';
import { formatCount, formatNumber, formatPercent } from '../../util/index.js';
import type { ReportContext } from '../context.js';
import { type Html, html } from '../html.js';
import { figure, type TableRow, table, text } from '../table.js';
import { chartFigure, HALF } from './chart-figure.js';
import { numberSkill } from './number-skill.js';
import { withRole } from './role.js';
import { icFigure, lossFigure } from './skill-charts.js';

export function skill(context: ReportContext): Html {
  const { words, model } = context;
  const { classification } = model.measures;
  if (classification === null) return numberSkill(context);
  const { classes, classShares, majorityRate } = classification;
  return html`<section><h2>${words.sections.skill}</h2>
<p>${words.text.classShares(
    classShares.map((share, k) => ({ name: classWord(context, classes[k]), share: formatPercent(share) })),
    formatPercent(majorityRate),
  )}</p>
${modelsTable(context)}
${icFigure(context)}
<div class="charts">${confusionFigure(context, classification)}<div class="cell">${perClassTable(context, classification)}</div>${calibrationFigure(context, classification)}${lossFigure(context)}</div>
</section>
`;
}

const classWord = ({ words }: ReportContext, name: ForecastClass): string =>
  words.classes[FORECAST_CLASSES.indexOf(name)];

function modelsTable({ data, words, nameOf }: ReportContext): Html {
  const { columns, hints } = words;
  const bound: TableRow[] = data.bayes
    ? [
        {
          emphasis: 'bound',
          cells: [
            words.text.bayesRow,
            formatPercent(data.bayes.accuracy),
            '',
            '',
            '',
            formatNumber(data.bayes.rankIc, 3),
            '',
            '',
            '',
          ],
        },
      ]
    : [];
  return table(
    words.captions.models,
    [
      text(columns.model),
      figure(columns.accuracy),
      figure(columns.macroF1),
      figure(columns.buyPrecision, hints.buyPrecision),
      figure(columns.sellPrecision, hints.sellPrecision),
      figure(columns.rankIc, hints.rankIc),
      figure(columns.t, hints.rankIcT),
      figure(columns.auc, hints.auc),
      figure(columns.logLoss, hints.logLoss),
    ],
    [
      ...data.models.map((row) => {
        const { classification, signal, direction } = row.measures;
        const precisionOf = (name: ForecastClass) =>
          classification?.perClass.find(({ className }) => className === name)?.precision ?? Number.NaN;
        return {
          ...(row.role === 'subject' && { emphasis: 'subject' as const }),
          cells: [
            withRole(nameOf(row), row.role, words),
            formatPercent(classification?.accuracy),
            formatNumber(classification?.macroF1, 3),
            formatPercent(precisionOf('buy')),
            formatPercent(precisionOf('sell')),
            formatNumber(signal.rankIc.mean, 3),
            formatNumber(signal.rankIc.t, 1),
            formatPercent(direction.auc),
            formatNumber(classification?.logLoss, 4),
          ],
        };
      }),
      ...bound,
    ],
  );
}

function perClassTable(context: ReportContext, classification: ClassificationMeasures): Html {
  const { words, model } = context;
  const { columns } = words;
  const { classes, perClass, classShares, mcc, calibrationError } = classification;
  const { hitRate, calls } = model.measures.direction;
  return html`${table(
    words.captions.perClass,
    [text(''), ...classes.map((name) => figure(classWord(context, name)))],
    [
      { cells: [columns.precision, ...perClass.map((row) => formatPercent(row.precision))] },
      { cells: [columns.recall, ...perClass.map((row) => formatPercent(row.recall))] },
      { cells: [columns.f1, ...perClass.map((row) => formatNumber(row.f1, 3))] },
      { cells: [columns.share, ...classShares.map((share) => formatPercent(share))] },
      { cells: [columns.support, ...perClass.map((row) => formatCount(row.support))] },
      { cells: [columns.predicted, ...perClass.map((row) => formatCount(row.predicted))] },
    ],
    'even',
  )}
<p class="note">${words.text.beyond({
    mcc: formatNumber(mcc, 3),
    calibrationError: formatPercent(calibrationError),
    hitRate: formatPercent(hitRate),
    calls: formatCount(calls),
  })}</p>`;
}

function confusionFigure(context: ReportContext, { confusion: counts, classes: names }: ClassificationMeasures): Html {
  const { charts } = context.words;
  const classes = names.map((name) => classWord(context, name));
  return chartFigure(
    {
      id: 'confusion',
      title: charts.confusion,
      note: charts.confusionNote,
      chart: (size) =>
        confusionChart({ counts, words: { classes, truth: charts.truth, forecast: charts.forecast } }, size),
    },
    HALF,
  );
}

function calibrationFigure(context: ReportContext, { calibration, samples, classes }: ClassificationMeasures): Html {
  const { charts } = context.words;
  return chartFigure(
    {
      id: 'calibration',
      title: charts.calibration,
      note: charts.calibrationNote,
      chart: (size) =>
        calibrationChart(
          {
            curves: calibration.map((bins, k) => ({ name: classWord(context, classes[k]), bins })),
            minimumCount: Math.max(30, samples / 1000),
            words: { forecast: charts.forecastProbability, observed: charts.observed },
          },
          size,
        ),
    },
    HALF,
  );
}
