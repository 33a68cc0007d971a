// The look of the page: GitHub's colours in both schemes; wide code scrolls inside its box, never the page.

export const STYLE = `
:root { --page: #fff; --text: #1f2328; --quiet: #59636e; --line: #d1d9e0; --soft: #f6f8fa; --code: #818b981f;
  --added: #dafbe1; --removed: #ffebe9; --hunk: #ddf4ff; --good: #1a7f37; --bad: #cf222e; --link: #0969da; }
@media (prefers-color-scheme: dark) {
  :root { --page: #0d1117; --text: #f0f6fc; --quiet: #9198a1; --line: #3d444d; --soft: #151b23; --code: #656c7633;
    --added: #12261e; --removed: #301b1e; --hunk: #121d2f; --good: #238636; --bad: #da3633; --link: #4493f8; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; overflow-wrap: anywhere; }
header, main { max-width: 1012px; margin: 0 auto; padding: 16px; }
h1 { font-size: 24px; font-weight: 400; margin: 0; line-height: 1.25; }
h2 { border-bottom: 1px solid var(--line); padding-bottom: 6px; margin-top: 24px; }
header p { margin: 6px 0; }
nav { display: flex; flex-wrap: wrap; gap: 4px 20px; margin-top: 12px; }
a { color: var(--link); }
.quiet { color: var(--quiet); font-weight: 400; }
code, pre, .diff { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: 12px; }
code { background: var(--code); border-radius: 6px; padding: 2px 5px; }
.box { border: 1px solid var(--line); border-radius: 6px; margin: 16px 0; overflow: hidden; }
.scroll { overflow-x: auto; }
.check { padding: 0 16px 12px; border-left-width: 6px; }
.check.success { border-left-color: var(--good); }
.check.failure { border-left-color: var(--bad); }
.badge, .label { border: 1px solid var(--line); border-radius: 1em; font-size: 12px; font-weight: 500; padding: 2px 9px; }
.success .badge { background: var(--good); border-color: var(--good); color: #fff; }
.failure .badge { background: var(--bad); border-color: var(--bad); color: #fff; }
h4 { background: var(--soft); border-bottom: 1px solid var(--line); margin: 0; padding: 8px 12px; }
h4 code { background: none; padding: 0; }
.plus { color: var(--good); }
.minus { color: var(--bad); }
.diff { border-collapse: collapse; width: 100%; line-height: 20px; }
.diff td { padding: 0 8px; white-space: pre; overflow-wrap: normal; vertical-align: top; }
.diff td:last-child { width: 100%; }
.diff tr:not(.thread) td:not(:last-child) { color: var(--quiet); min-width: 36px; text-align: right; user-select: none; }
.added { background: var(--added); }
.removed { background: var(--removed); }
.hunk { background: var(--hunk); color: var(--quiet); }
.diff .thread > td { border: solid var(--line); border-width: 1px 0; background: var(--page); padding: 0; white-space: normal; overflow-wrap: anywhere; }
.comment { border: 1px solid var(--line); border-radius: 6px; font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; margin: 12px; max-width: min(760px, calc(100vw - 60px)); }
.thread .comment { position: sticky; left: 12px; }
section > .comment { margin: 16px 0; }
.author { background: var(--soft); border-bottom: 1px solid var(--line); border-radius: 6px 6px 0 0; margin: 0; padding: 6px 12px; }
.markdown { padding: 8px 12px; overflow-x: auto; }
.markdown > :first-child { margin-top: 0; }
.markdown > :last-child { margin-bottom: 0; }
.check .markdown { padding: 0; }
.markdown table { border-collapse: collapse; min-width: 560px; }
.markdown th, .markdown td { border: 1px solid var(--line); overflow-wrap: normal; padding: 6px 10px; text-align: left; vertical-align: top; }
.markdown td code { white-space: nowrap; }
.markdown ol, .markdown ul { padding-left: 24px; }
sub { color: var(--quiet); font-size: 12px; vertical-align: baseline; }
details { margin: 10px 0; }
summary { cursor: pointer; }
pre { background: var(--soft); border-radius: 6px; margin: 4px 0 12px; padding: 8px; white-space: pre-wrap; }
.timeline { border-collapse: collapse; width: 100%; }
.timeline td { border-top: 1px solid var(--line); padding: 4px 10px; vertical-align: top; }
.timeline td:not(:last-child) { white-space: nowrap; }
.timeline td:last-child { width: 100%; min-width: 240px; }
.timeline tr:first-child td { border-top: 0; }
.write { background: var(--soft); }
.webhook td:nth-child(2) { color: var(--link); font-weight: 600; }
.write td:nth-child(2) { font-weight: 600; }
`;
