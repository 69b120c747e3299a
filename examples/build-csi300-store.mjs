// One store of the CSI 300 from several sources, with everything dated by when it was known:
//
//   node examples/build-csi300-store.mjs DATA_DIR STORE
//
// csi300-qlib/                 bars, factors, membership and index, in Qlib's layout: the base
// csi300-baostock/             members Qlib lacks, traded amounts, special treatment, daily ratios; disclosures on the day they were published
// macro/                       series of the economy on the day they were released at the latest
// instruments-tushare.csv      names, industries, listing dates
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  canonicalSymbol,
  fundamentalsSchema,
  importBarFiles,
  importQlib,
  macroReleaseDay,
  macroSchema,
  mergeMarkets,
  ST_UNKNOWN,
  valuationsSchema,
  writeMarketStore,
} from 'candlenet/market';
import { allocateColumns, createTableBuilder, makeTable, readCsv } from 'candlenet/tables';
import { formatDay, parseDay } from 'candlenet/util';

/** Two sources state the same volume, or the same return of the adjusted close, within these. */
const VOLUME_TOLERANCE = 0.001;
const RETURN_TOLERANCE = 0.001;
/** The mean price of a day, amount ÷ volume, lies between its low and its high, give or take this share. */
const PRICE_TOLERANCE = 0.02;

const number = (text) => (text === '' ? Number.NaN : Number(text));

/** Rows of a CSV file as objects. */
function* rowsOf(path) {
  const { header, rows } = readCsv(path);
  for (const cells of rows) yield Object.fromEntries(header.map((name, c) => [name, cells[c]]));
}

/** Counts cases of each kind and keeps the first as the example. */
function createTally() {
  const findings = new Map();
  return {
    declare: (kind, title, action) => findings.set(kind, { kind, title, count: 0, example: '', action }),
    count(kind, example) {
      const finding = findings.get(kind);
      if (finding.count++ === 0) finding.example = example();
    },
    findings: () => [...findings.values()],
  };
}

/** BaoStock's column → the store's field. Rates are fractions, money is in yuan, shares in shares. */
const DISCLOSURES = {
  'profit.csv': {
    roeAvg: 'roe',
    npMargin: 'net_margin',
    gpMargin: 'gross_margin',
    netProfit: 'net_profit',
    epsTTM: 'eps_ttm',
    MBRevenue: 'revenue',
    totalShare: 'total_shares',
    liqaShare: 'float_shares',
  },
  'growth.csv': {
    YOYEquity: 'equity_growth',
    YOYAsset: 'asset_growth',
    YOYNI: 'net_profit_growth',
    YOYEPSBasic: 'eps_growth',
    YOYPNI: 'parent_profit_growth',
  },
};

/** Disclosures of the instruments that have bars, each known on the day it was published. */
function readFundamentals(folder, symbols, tally) {
  tally.declare(
    'disclosure-undated',
    'Disclosures without a day of publication, or with one before the period ends',
    'left out: nothing says when they were known',
  );
  tally.declare('disclosure-value-absent', 'Values that a disclosure leaves empty', 'left out, not made up');
  tally.declare('disclosure-repeated', 'Values a source states twice for one day of publication', 'the first stands');
  tally.declare(
    'disclosure-without-bars',
    'Disclosures of companies without bars',
    'left out: nothing of them can be traded',
  );
  const table = createTableBuilder(fundamentalsSchema);
  const seen = new Set();
  for (const [file, fields] of Object.entries(DISCLOSURES)) {
    for (const row of rowsOf(join(folder, file))) {
      const symbol = canonicalSymbol(row.code);
      const where = () => `${file}: ${row.code}, period to ${row.statDate}, published ${row.pubDate || 'never'}`;
      if (!symbols.has(symbol)) {
        tally.count('disclosure-without-bars', where);
        continue;
      }
      // ISO dates compare as texts.
      if (row.pubDate === '' || row.statDate === '' || row.pubDate < row.statDate) {
        tally.count('disclosure-undated', where);
        continue;
      }
      for (const [column, field] of Object.entries(fields)) {
        const value = number(row[column]);
        const key = `${symbol} ${row.statDate} ${field} ${row.pubDate}`;
        if (!Number.isFinite(value)) tally.count('disclosure-value-absent', () => `${where()}: ${column}`);
        else if (seen.has(key)) tally.count('disclosure-repeated', () => `${where()}: ${column}`);
        else {
          seen.add(key);
          table.add({ symbol, period_end: parseDay(row.statDate), field, announced: parseDay(row.pubDate), value });
        }
      }
    }
  }
  return table.build();
}

function declareBarFindings(tally) {
  const stands = 'Qlib’s bar stands';
  tally.declare(
    'volume-disagrees',
    `Traded bars whose volume differs by more than ${VOLUME_TOLERANCE * 100} %`,
    stands,
  );
  tally.declare(
    'return-disagrees',
    `Bars whose return of the adjusted close differs by more than ${RETURN_TOLERANCE * 100} percentage points`,
    stands,
  );
  tally.declare('suspension-disagrees', 'Bars that one source says traded and the other not', stands);
  tally.declare(
    'amount-implausible',
    `Amounts whose mean price is more than ${PRICE_TOLERANCE * 100} % outside the day’s low and high`,
    'amount left out',
  );
  tally.declare(
    'bar-without-second-source',
    'Bars BaoStock has no row for',
    'no amount, no ratios; whether special treatment applied is unknown, its rules are off',
  );
  tally.declare(
    'bar-only-in-second-source',
    'BaoStock’s rows of a session on which Qlib has no bar',
    'left out: Qlib says that the stock was not listed',
  );
  tally.declare(
    'instrument-only-in-second-source',
    'Instruments only BaoStock has',
    'taken from it, their traded prices worked out: see prices-recovered',
  );
}

/** Says where the two sources differ on one bar; `cell` and `before` are the bar and the one of the session before. */
function compareBar(bars, cell, before, row, where, tally) {
  const idle = bars.suspended[cell] === 1;
  if ((row.tradestatus === '0') !== idle) {
    tally.count('suspension-disagrees', () => `${where}: Qlib ${idle ? 'idle' : 'traded'}`);
    return;
  }
  const volume = number(row.volume);
  // A value the second source leaves empty does not agree either.
  if (!idle && !(Math.abs(volume - bars.volume[cell]) <= VOLUME_TOLERANCE * Math.max(volume, bars.volume[cell]))) {
    tally.count('volume-disagrees', () => `${where}: Qlib ${bars.volume[cell]}, BaoStock ${volume} shares`);
  }
  if (before < 0 || Number.isNaN(bars.close[before])) return;
  const adjusted = (at) => bars.close[at] * bars.adjFactor[at];
  const ours = adjusted(cell) / adjusted(before) - 1;
  const theirs = number(row.close) / number(row.preclose) - 1;
  if (!(Math.abs(ours - theirs) <= RETURN_TOLERANCE)) {
    const percent = (rate) => `${(rate * 100).toFixed(2)} %`;
    tally.count('return-disagrees', () => `${where}: Qlib ${percent(ours)}, BaoStock ${percent(theirs)}`);
  }
}

/** Amount in yuan of a bar, NaN where it cannot be what that many shares cost. */
function amountOf(bars, cell, row, where, tally) {
  if (bars.suspended[cell] === 1) return 0;
  const amount = number(row.amount);
  const price = amount / bars.volume[cell];
  if (price >= bars.low[cell] * (1 - PRICE_TOLERANCE) && price <= bars.high[cell] * (1 + PRICE_TOLERANCE))
    return amount;
  tally.count('amount-implausible', () => `${where}: ${row.amount} yuan for ${bars.volume[cell]} shares`);
  return Number.NaN;
}

/** Amounts, special treatment and daily ratios for the bars there are; those of `shared` symbols are compared. */
function readBaostockBars(folder, bars, shared, tally) {
  declareBarFindings(tally);
  const sessions = bars.dates.length;
  const rowOfSymbol = new Map(bars.symbols.map((symbol, s) => [symbol, s]));
  const sessionOf = new Map(Array.from(bars.dates, (date, d) => [formatDay(date), d]));
  const amount = new Float64Array(bars.close.length).fill(Number.NaN);
  const st = Uint8Array.from(bars.close, (close) => (Number.isNaN(close) ? 0 : ST_UNKNOWN));
  const stated = new Uint8Array(bars.close.length);
  const ratios = allocateColumns(valuationsSchema, bars.close.length);
  let length = 0;
  for (const file of readdirSync(folder).sort()) {
    const s = rowOfSymbol.get(canonicalSymbol(file.replace(/\.csv(\.gz)?$/, '')));
    const symbol = bars.symbols[s];
    for (const row of rowsOf(join(folder, file))) {
      const where = `${symbol} ${row.date}`;
      const d = sessionOf.get(row.date);
      const cell = s * sessions + d;
      if (d === undefined || Number.isNaN(bars.close[cell])) {
        tally.count('bar-only-in-second-source', () => where);
        continue;
      }
      stated[cell] = 1;
      if (shared.has(symbol)) compareBar(bars, cell, d === 0 ? -1 : cell - 1, row, where, tally);
      amount[cell] = amountOf(bars, cell, row, where, tally);
      st[cell] = row.isST === '1' ? 1 : 0;
      ratios.symbol[length] = symbol;
      ratios.date[length] = bars.dates[d];
      // BaoStock leaves the turnover of a day without trade empty; it is none.
      ratios.turnover[length] = row.tradestatus === '0' ? 0 : number(row.turn) / 100;
      ratios.pe_ttm[length] = number(row.peTTM);
      ratios.pb[length] = number(row.pbMRQ);
      ratios.ps_ttm[length] = number(row.psTTM);
      ratios.pcf_ttm[length] = number(row.pcfNcfTTM);
      length++;
    }
  }
  for (let cell = 0; cell < stated.length; cell++) {
    if (stated[cell] === 1 || Number.isNaN(bars.close[cell])) continue;
    tally.count('bar-without-second-source', () => {
      return `${bars.symbols[Math.floor(cell / sessions)]} ${formatDay(bars.dates[cell % sessions])}`;
    });
  }
  const columns = Object.entries(ratios).map(([name, column]) => [name, column.slice(0, length)]);
  return { amount, st, valuations: makeTable(valuationsSchema, Object.fromEntries(columns)) };
}

/** Code of the source → the store's series and the name that the source must give it. */
const MONTHLY = {
  EMM00000012: ['gdp_growth', '中国:GDP:不变价:当季同比'],
  EMM00072343: ['cpi', 'CPI:环比'],
  EMM00073349: ['ppi', 'PPI:全部工业品:环比'],
  EMM00121996: ['pmi', 'PMI'],
  EMM00087082: ['m0_growth', 'M0:同比'],
  EMM00087084: ['m1_growth', 'M1:同比'],
  EMM00087086: ['m2_growth', 'M2:同比'],
  EMM00088684: ['social_financing', '社会融资增量:当月值'],
  EMM00088685: ['new_loans', '社会融资增量:新增人民币贷款:当月值'],
  EMM00027210: ['investment_growth', '固定资产投资完成额:累计同比'],
  EMM00053058: ['exports_growth', '出口金额:当月同比'],
  EMM00053082: ['imports_growth', '进口金额:当月同比'],
  EMM00058219: ['usd_cny', '平均汇率:美元兑人民币'],
  EMI00135323: ['retail_sales', '社会消费品零售总额:当月值'],
};

/** Last day of a month `YYYY-MM`, `years` earlier. */
function endOfMonth(period, years = 0) {
  const [year, month] = period.split('-').map(Number);
  return Date.UTC(year - years, month, 0) / 86_400_000;
}

function readMacro(folder, tally) {
  tally.declare(
    'macro-final-vintage',
    'Macro values as last revised, without a day of release',
    'released when they were out at the latest, by the table of release lags; revisions are not undone',
  );
  tally.declare(
    'macro-value-absent',
    'Periods of a macro series without a value, or without the one a year before',
    'left out',
  );
  const table = createTableBuilder(macroSchema);
  const add = (series, periodEnd, value, where) => {
    if (!Number.isFinite(value)) {
      tally.count('macro-value-absent', () => where);
      return;
    }
    // Loans are taken from the table of social financing, and came out with it.
    const released = macroReleaseDay(series === 'new_loans' ? 'social_financing' : series, periodEnd);
    if (released === null) throw new Error(`${series}: found no rule of release, expected one`);
    tally.count('macro-final-vintage', () => `${where}, released ${formatDay(released)} at the latest`);
    table.add({ series, period_end: periodEnd, released, value });
  };
  const sales = new Map();
  for (const row of rowsOf(join(folder, 'macro.csv'))) {
    if (!(row.series in MONTHLY)) continue;
    const [series, name] = MONTHLY[row.series];
    if (row.name_zh !== name) throw new Error(`macro.csv: ${row.series}: found "${row.name_zh}", expected "${name}"`);
    const value = number(row.value);
    if (series === 'retail_sales') sales.set(endOfMonth(row.period), { value, period: row.period });
    else add(series, endOfMonth(row.period), value, `${series} ${row.period}`);
  }
  for (const [periodEnd, { value, period }] of sales) {
    const before = sales.get(endOfMonth(period, 1))?.value ?? Number.NaN;
    add('retail_sales_growth', periodEnd, (value / before - 1) * 100, `retail_sales_growth ${period}`);
  }
  for (const [series, file, date, column] of [
    ['shibor_3m', 'shibor.csv', 'date', '3M'],
    ['cgb_1y', 'cgb-yield.csv', 'workTime', 'oneYear'],
  ]) {
    for (const row of rowsOf(join(folder, file))) {
      add(series, parseDay(row[date]), number(row[column]), `${series} ${row[date]}`);
    }
  }
  return table.build();
}

const [data, store] = process.argv.slice(2);
if (!store || !existsSync(join(data, 'csi300-qlib'))) {
  console.error('usage: node examples/build-csi300-store.mjs DATA_DIR STORE, where DATA_DIR has a folder csi300-qlib');
  process.exit(2);
}
const began = performance.now();
const qlib = await importQlib(join(data, 'csi300-qlib'), {
  index: 'csi300',
  instrumentsFile: join(data, 'instruments-tushare.csv'),
});
const tally = createTally();
const folder = join(data, 'csi300-baostock', 'bars');
const known = new Set(qlib.bars.symbols);
const second = readdirSync(folder).map((file) => canonicalSymbol(file.replace(/\.csv(\.gz)?$/, '')));
const missing = second.filter((symbol) => !known.has(symbol));
const {
  members: _all,
  benchmarks: _none,
  ...baostock
} = await importBarFiles(folder, {
  preset: 'baostock',
  symbols: missing,
  instrumentsFile: join(data, 'instruments-tushare.csv'),
});
// Where both have a bar Qlib's stands; here they share none: the members that Qlib has no file of are BaoStock's.
const { market: merged } = mergeMarkets([
  { name: 'Qlib', market: qlib },
  {
    name: 'BaoStock',
    market: { ...baostock, findings: baostock.findings.filter(({ kind }) => kind !== 'benchmark-absent') },
  },
]);
const { amount, st, valuations } = readBaostockBars(folder, merged.bars, known, tally);
for (const symbol of baostock.bars.symbols) tally.count('instrument-only-in-second-source', () => symbol);
const covered = new Set(merged.bars.symbols);
const without = [...new Set(merged.members.map(({ symbol }) => symbol))].filter((symbol) => !covered.has(symbol));
const fundamentals = readFundamentals(join(data, 'csi300-baostock'), covered, tally);
const macro = readMacro(join(data, 'macro'), tally);
// What Qlib alone lacks and BaoStock adds is no longer a finding; what both lack is counted above.
const SUPPLIED = new Set(['amount-absent', 'st-absent', 'members-assumed']);
const market = {
  ...merged,
  title: 'CSI 300 (Qlib, BaoStock, macro series)',
  source: `${resolve(data)}: csi300-qlib, csi300-baostock, macro, instruments-tushare.csv`,
  sources: {
    bars: 'Qlib, and BaoStock for members it lacks; amounts and special treatment from BaoStock',
    fundamentals: 'BaoStock, on the day of publication',
    valuations: 'BaoStock',
    macro: 'macro series of the last vintage, dated by the table of release lags',
  },
  bars: { ...merged.bars, amount, st },
  valuations,
  fundamentals,
  macro,
  findings: [
    ...merged.findings
      .filter(({ kind }) => !SUPPLIED.has(kind))
      .map((one) =>
        one.kind === 'member-without-bars' ? { ...one, count: without.length, example: without[0] } : one,
      ),
    ...tally.findings(),
  ],
};
await writeMarketStore(store, market);

const facts = new Set(fundamentals.columns.field);
const series = new Set(macro.columns.series);
const count = (value) => value.toLocaleString('en');
console.log(`${market.title}: ${store}`);
console.log(`  bars          ${count(market.bars.symbols.length)} stocks, ${count(market.bars.dates.length)} sessions`);
console.log(`  amounts       ${count(amount.reduce((n, value) => n + (Number.isNaN(value) ? 0 : 1), 0))} bars`);
console.log(`  ST            ${count(st.reduce((n, flag) => n + (flag === 1 ? 1 : 0), 0))} bars`);
console.log(`  fundamentals  ${count(fundamentals.length)} rows of ${facts.size} facts`);
console.log(`  valuations    ${count(valuations.length)} rows of 4 ratios and the turnover`);
console.log(`  macro         ${count(macro.length)} rows of ${series.size} series`);
console.log(
  `${facts.size} facts and 4 daily ratios are ${facts.size + 4} of the 28 fundamentals; no source has the rest.`,
);
console.log('Findings:');
for (const { kind, title, count: cases, example, action } of market.findings) {
  if (cases > 0) console.log(`  ${kind}: ${title}: ${count(cases)}, such as ${example}; ${action}`);
}
const peak = process.resourceUsage().maxRSS / 1024;
console.log(`${((performance.now() - began) / 1000).toFixed(0)} s, ${peak.toFixed(0)} MiB at the peak`);
