import { type ColourRole, calibrationChart, confusionChart, cumulativeIcChart, lossChart } from '../../charts/index.js';
import { FORECAST_CLASSES, type ForecastClass } from '../../evaluation/index.js';
import { formatCount, formatNumber, formatPercent } from '../../util/index.js';
import type { ReportContext } from '../context.js';
import { type Html, html } from '../html.js';
import { figure, type TableRow, table, text } from '../table.js';
import type { ModelReport } from '../types.js';
import { chartFigure, HALF, pageWide } from './chart-figure.js';
import { withRole } from './role.js';

export function skill(context: ReportContext): Html {
  const { words, model } = context;
  const { classes, classShares, majorityRate } = model.measures.classification;
  return html`<section><h2>${words.sections.skill}</h2>
<p>${words.text.classShares(
    classShares.map((share, k) => ({ name: classWord(context, classes[k]), share: formatPercent(share) })),
    formatPercent(majorityRate),
  )}</p>
${modelsTable(context)}
${icFigure(context)}
<div class="charts">${confusionFigure(context)}<div class="cell">${perClassTable(context)}</div>${calibrationFigure(context)}${lossFigure(context)}</div>
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
          classification.perClass.find(({ className }) => className === name)?.precision ?? Number.NaN;
        return {
          ...(row.role === 'subject' && { emphasis: 'subject' as const }),
          cells: [
            withRole(nameOf(row), row.role, words),
            formatPercent(classification.accuracy),
            formatNumber(classification.macroF1, 3),
            formatPercent(precisionOf('buy')),
            formatPercent(precisionOf('sell')),
            formatNumber(signal.rankIc.mean, 3),
            formatNumber(signal.rankIc.t, 1),
            formatPercent(direction.auc),
            formatNumber(classification.logLoss, 4),
          ],
        };
      }),
      ...bound,
    ],
  );
}

function icFigure({ data, words, nameOf }: ReportContext): Html | null {
  const ranked = data.models.filter((row) => row.measures.signal.rankIc.days > 0);
  const first = ranked[0];
  if (!first) return null;
  const { dates } = first.measures.signal.dailyRankIc;
  const colours: readonly ColourRole[] = ['other', 'benchmark', 'universe'];
  let others = 0;
  const lines = ranked
    .filter((row) => row.measures.signal.dailyRankIc.values.length === dates.length)
    .map((row) => ({
      name: nameOf(row),
      role: roleColour(row, () => colours[others++ % colours.length]),
      dashed: row.role === 'placebo',
      values: runningSum(row.measures.signal.dailyRankIc.values),
    }));
  const { charts } = words;
  return chartFigure(
    { id: 'ic', title: charts.ic, note: charts.icNote, chart: (size) => cumulativeIcChart({ dates, lines }, size) },
    pageWide(260, 240),
  );
}

function roleColour(row: ModelReport, next: () => ColourRole): ColourRole {
  if (row.role === 'subject') return 'subject';
  return row.role === 'placebo' ? 'placebo' : next();
}

function runningSum(values: Float64Array): number[] {
  let sum = 0;
  return Array.from(values, (value) => {
    if (!Number.isNaN(value)) sum += value;
    return sum;
  });
}

function perClassTable(context: ReportContext): Html {
  const { words, model } = context;
  const { columns } = words;
  const { classes, perClass, classShares, mcc, calibrationError } = model.measures.classification;
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

function confusionFigure(context: ReportContext): Html {
  const { charts } = context.words;
  const { confusion: counts, ...measures } = context.model.measures.classification;
  const classes = measures.classes.map((name) => classWord(context, name));
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

function calibrationFigure(context: ReportContext): Html {
  const { charts } = context.words;
  const { calibration, samples, classes } = context.model.measures.classification;
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

function lossFigure({ data, words }: ReportContext): Html | null {
  const { training } = data;
  if (training === null) return null;
  const { charts } = words;
  const ran = training.trainLoss.length;
  const ended = training.stoppedEarly ? words.text.stoppedEarly : words.text.ranThrough;
  return chartFigure(
    {
      id: 'loss',
      title: charts.loss,
      note: `${charts.lossNote}${words.sentenceSpace}${ended(training.bestEpoch, ran)}`,
      chart: (size) =>
        lossChart(
          {
            train: training.trainLoss,
            validation: training.validationLoss,
            bestEpoch: training.bestEpoch,
            words: { train: charts.train, validation: charts.validation, epoch: charts.epoch, best: charts.best },
          },
          size,
        ),
    },
    HALF,
  );
}
