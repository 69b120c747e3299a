import { type ColourRole, cumulativeIcChart } from '../../charts/index.js';
import type { ReportContext } from '../context.js';
import type { Html } from '../html.js';
import type { ModelReport } from '../types.js';
import { chartFigure, HALF, pageWide } from './chart-figure.js';
import { lossByEpoch } from './strategy-charts.js';

/** Sum of the daily rank ICs of every model that ranks. */
export function icFigure({ data, words, nameOf }: ReportContext): Html | null {
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

/** Of the network by epoch. @param note what loss it is */
export function lossFigure({ data, words }: ReportContext, note: string = words.charts.lossNote): Html | null {
  const { training } = data;
  if (training === null) return null;
  const { charts } = words;
  const ran = training.trainLoss.length;
  const ended = training.stoppedEarly ? words.text.stoppedEarly : words.text.ranThrough;
  return chartFigure(
    {
      id: 'loss',
      title: charts.loss,
      note: `${note}${words.sentenceSpace}${ended(training.bestEpoch, ran)}`,
      chart: lossByEpoch(training, words),
    },
    HALF,
  );
}
