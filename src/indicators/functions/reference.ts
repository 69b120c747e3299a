import { FUNCTIONS, resolveParameters } from './catalogue.js';
import type { FunctionDefinition, FunctionParameter } from './definition.js';

const TITLES: Readonly<Record<string, string>> = {
  overlap: 'Overlap studies',
  momentum: 'Momentum',
  volume: 'Volume',
  volatility: 'Volatility',
  price: 'Price transforms',
  cycle: 'Cycle',
  statistics: 'Statistics',
  math: 'Math operators',
  pattern: 'Candlestick patterns',
};

function parameterText({ name, default: usual, least, most, whole }: FunctionParameter): string {
  const unbounded = Math.abs(least) > 1e30 && most > 1e30;
  const upTo = most > 1e30 ? `at least ${least}` : `${least} … ${most}`;
  return `${name} = ${usual} (${unbounded ? 'any' : upTo}${whole ? '' : ', real'})`;
}

function row(definition: FunctionDefinition): string {
  const lookback = definition.lookback(resolveParameters(definition));
  const memory = definition.unstable ? 'recursive, unstable period' : definition.recursive ? 'recursive' : 'window';
  const parameters = definition.parameters.map(parameterText).join('; ') || '—';
  return `| ${definition.name} | ${definition.inputs.join(', ')} | ${parameters} | ${definition.outputs.join(', ')} | ${lookback} | ${memory} |`;
}

/** The reference page of the functions, as Markdown. */
export function functionReference(): string {
  const groups = Object.entries(TITLES).map(([group, title]) => {
    const rows = FUNCTIONS.filter((definition) => definition.group === group).map(row);
    return `## ${title}

| function | inputs | parameters | outputs | lookback | memory |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}`;
  });
  return `# Indicators

${FUNCTIONS.length} functions under TA-Lib's names, with its parameters, defaults and values: equal to TA-Lib 0.8.1 within 1e-9 of the input's scale
(\`bench/peers/talib_functions.py\` makes the vectors the tests compare with). \`computeFunction(functionByName('RSI'), [close], { timeperiod: 7 })\`
computes whole series on \`Float64Array\`s; \`createIncremental(functionByName('RSI'))\` is fed bar by bar with \`push({ close })\`, keeps a state
that does not grow, and gives the same bits. From the command line: \`candlenet indicators bars.csv -o indicators.csv\`.

- **lookback**: bars before the first value, at the default parameters. Until then a value is NaN.
- **unstable period**: \`{ unstablePeriod: n }\` leaves n further bars undefined, as TA-Lib's setting does; an argument here, not a global state.
- **what a file may hold**: \`candlenet indicators\` takes bars of shares and indices, and refuses, with file, line and column, a price of 0 or
  less, a high below the low, a negative volume, and what no market has had (a price above 10¹², a volume above 10¹⁶, a day after 2099). A day without a
  trade has empty cells. Negative prices, of futures and spreads, are legitimate: the functions of the library take any number, as TA-Lib does.
- **gaps**: a bar with a missing input has no value, and the next one begins anew, warm-up included. At the start of a series TA-Lib's
  package does the same; inside one it lets NaN poison all that follows. So after a suspension of the input a value depends on the bars since
  then only, and is what TA-Lib gives for those bars alone; who wants it carried over a gap fills the gap first, knowingly.
- **types of moving averages** (\`matype\`): 0 SMA, 1 EMA, 2 WMA, 3 DEMA, 4 TEMA, 5 TRIMA, 6 KAMA, 7 MAMA, 8 T3.
- **places** (MAXINDEX, MININDEX, MINMAXINDEX) are counted from the first bar of the unbroken run.
- **candlestick patterns** are TA-Lib's whole numbers exactly, with its default candle settings: 100 bullish, −100 bearish, ±80 where a body
  only touches (engulfing, harami), ±200 a confirmed hikkake, 0 no pattern. While warming up they are NaN, where TA-Lib's package has 0.
- On a price that does not move at all the dominant cycle's phase (HT_DCPHASE, HT_SINE, HT_TRENDMODE) is rounding residue, here as in TA-Lib.

${groups.join('\n\n')}
`;
}
