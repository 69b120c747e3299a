import { chartCss, chartVariables, FONT_STACK } from '../charts/index.js';

const LIGHT = `--page:#ffffff;--ink:#1c2430;--soft:#5a6676;--rule:#dfe4ea;--tint:#f6f8fa;--accent:#0a5c9e;--alert:#c4500a;${chartVariables('light')}`;
const DARK = `--page:#10151c;--ink:#e8ebf0;--soft:#9ca8b8;--rule:#28313d;--tint:#171e27;--accent:#62b2f3;--alert:#f2935a;${chartVariables('dark')}`;

/** The page's whole style; nothing is fetched. */
export const STYLE = `
:root{color-scheme:light;${LIGHT}}
@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${DARK}}}
@media screen{:root[data-theme=dark]{color-scheme:dark;${DARK}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.6 ${FONT_STACK};font-variant-numeric:tabular-nums}
main,.masthead,footer{max-width:66rem;margin:0 auto;padding:0 1.5rem}
.masthead{padding-top:3.5rem}
.masthead-top{display:flex;gap:1rem;justify-content:space-between;align-items:center}
.eyebrow{margin:0;color:var(--soft);font-size:.8125rem;letter-spacing:.04em}
h1{margin:1.25rem 0 .4rem;font-size:2.1rem;line-height:1.2;font-weight:650;letter-spacing:-.015em;text-wrap:balance}
.question{margin:0 0 2rem;max-width:44rem;color:var(--soft);font-size:1.1rem;line-height:1.5}
h2{margin:4rem 0 1rem;padding-top:1.1rem;border-top:1px solid var(--rule);font-size:1.35rem;line-height:1.3;font-weight:650;letter-spacing:-.01em}
h3{margin:2.25rem 0 .5rem;font-size:1rem;font-weight:650}
p,li{max-width:46rem}
p{margin:0 0 1rem}
.verdict{margin:0;padding:1.5rem 1.75rem;background:var(--tint);border-left:4px solid var(--accent);border-radius:0 6px 6px 0}
.verdict.caution{border-left-color:var(--alert)}
.verdict strong{display:block;margin-bottom:.5rem;font-size:1.2rem;line-height:1.35;font-weight:650}
.verdict p{margin:0}
.tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:1px;margin:2.5rem 0 0;background:var(--rule);border:1px solid var(--rule);border-radius:6px;overflow:hidden}
.tile{padding:1.1rem 1.25rem;background:var(--page)}
.tile dt{color:var(--soft);font-size:.8125rem}
.tile dd{margin:0}
.tile .value{font-size:1.7rem;line-height:1.35;font-weight:600;letter-spacing:-.02em;white-space:nowrap}
.tile .beside{color:var(--soft);font-size:.8125rem;line-height:1.45}
.watermark{position:fixed;inset:0;z-index:2;display:flex;flex-wrap:wrap;gap:7rem 9rem;align-content:space-around;justify-content:space-around;overflow:hidden;pointer-events:none}
.watermark span{transform:rotate(-28deg);color:var(--alert);opacity:.13;font-size:2.4rem;font-weight:700;letter-spacing:.06em;white-space:nowrap}
.looks-ahead{max-width:66rem;margin:1.5rem auto 0;padding:1rem 1.5rem;border:2px solid var(--alert);border-radius:6px}
.looks-ahead strong{display:block;color:var(--alert);font-size:1.1rem}
.looks-ahead p{margin:.4rem 0}
.looks-ahead ul{margin:0;padding-left:1.2rem}
.note{color:var(--soft);font-size:.875rem;line-height:1.55}
.scroll{overflow-x:auto;margin:1.25rem 0 .75rem;-webkit-overflow-scrolling:touch}
.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
table{width:100%;border-collapse:collapse;font-size:.875rem;line-height:1.45}
caption{padding:0 0 .5rem;text-align:left;font-weight:600;font-size:.9375rem}
caption span{display:block;max-width:calc(100vw - 1.7rem)}
th,td{padding:.5rem .6rem;border-bottom:1px solid var(--rule);vertical-align:top}
th:first-child,td:first-child,table.even th:first-child{padding-left:0}
th:last-child,td:last-child{padding-right:.25rem}
thead th{color:var(--soft);font-weight:500;font-size:.8125rem;vertical-align:bottom;border-bottom-color:var(--soft)}
tbody th{font-weight:400}
th.text,td.text{text-align:left}
th.figure,td.figure{text-align:right}
td.figure{white-space:nowrap}
table.even{table-layout:fixed}
table.even th:first-child{width:34%}
.cell .scroll{margin-top:1.5rem}
.whole{white-space:nowrap}
tr.subject th,tr.subject td{font-weight:650}
tr.subject th:first-child{box-shadow:inset 3px 0 var(--accent);padding-left:.7rem}
tr.bound th,tr.bound td{color:var(--soft);font-style:italic}
.role{display:inline-block;margin-left:.5em;padding:0 .45em;border:1px solid var(--rule);border-radius:3px;color:var(--soft);font-size:.6875rem;font-weight:400;line-height:1.5;white-space:nowrap}
.muted{color:var(--soft)}
.charts{display:grid;grid-template-columns:1fr 1fr;gap:1rem 2.5rem}
figure{margin:1.5rem 0 .5rem;min-width:0}
figcaption{margin-bottom:.6rem;font-weight:600;font-size:.9375rem}
figcaption span{display:block;color:var(--soft);font-weight:400;font-size:.8125rem;line-height:1.45}
svg.chart{display:block;width:100%;height:auto}
svg.chart.narrow{display:none}
dl.facts{display:grid;grid-template-columns:minmax(9rem,max-content) 1fr;gap:.3rem 1.5rem;margin:1rem 0;font-size:.875rem}
dl.facts dt{color:var(--soft)}
dl.facts dd{margin:0;overflow-wrap:anywhere}
code,pre{font:.8125rem/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,Noto Sans Mono CJK SC,monospace}
pre{margin:.75rem 0;padding:1rem 1.25rem;overflow-x:auto;background:var(--tint);border-radius:6px}
details{margin:1.25rem 0}
summary{cursor:pointer;font-weight:600;font-size:.9375rem}
button{padding:.25rem .7rem;border:1px solid var(--rule);border-radius:4px;background:none;color:var(--soft);font:inherit;font-size:.8125rem;cursor:pointer;white-space:nowrap}
button:hover{color:var(--ink);border-color:var(--soft)}
footer{margin-top:4rem;padding-top:1.25rem;padding-bottom:3rem;color:var(--soft);font-size:.8125rem}
${chartCss()}
@media screen and (max-width:44rem){
main,.masthead,footer{padding-left:.85rem;padding-right:.85rem}
.masthead{padding-top:1.5rem}
h1{font-size:1.6rem}
h2{margin-top:3rem}
.verdict{padding:1.1rem 1.1rem}
.tiles{grid-template-columns:1fr 1fr}
.tile{padding:.85rem .9rem}
.tile .value{font-size:1.4rem}
.charts{grid-template-columns:1fr}
svg.chart{max-width:30rem;margin:0 auto}
svg.chart.wide{display:none}
svg.chart.narrow{display:block}
table{width:max-content;min-width:100%}
td.text{max-width:18rem}
table.even{width:100%;font-size:.8125rem}
table.even td.figure{white-space:normal}
table.even th,table.even td{padding-left:.3rem;padding-right:.3rem}
tbody th{max-width:11rem}
tbody th .whole{white-space:normal}
dl.facts{grid-template-columns:1fr;gap:0}
dl.facts dd{margin-bottom:.6rem}
}
@media print{
body{font-size:10pt}
button{display:none}
main,.masthead,footer{max-width:none;padding:0}
.masthead{padding-top:0}
h2,figcaption,caption{break-after:avoid}
figure,tr,.verdict,.tiles{break-inside:avoid}
.scroll{overflow:visible}
table{font-size:8pt}
pre{white-space:pre-wrap}
}
`;

/** Turns light to dark and back; without scripts the page follows the system's setting. */
export const THEME_SCRIPT = `
const button=document.querySelector('[data-theme-toggle]');
button.hidden=false;
button.addEventListener('click',()=>{
const root=document.documentElement;
const dark=root.dataset.theme?root.dataset.theme==='dark':matchMedia('(prefers-color-scheme:dark)').matches;
root.dataset.theme=dark?'light':'dark';
});
`;
