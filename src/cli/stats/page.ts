// Figures as a page of its own: one HTML file without scripts and without anything from elsewhere.
import type { Figures, Statistics } from "./statistics.js";
import { duration, percent } from "./words.js";

/**
 * @param period what it covers, for people ("the last 90 days")
 * @param day when it was made ("2026-11-24")
 */
export function statisticsPage(
  { all, rules, repositories }: Statistics,
  period: string,
  day: string,
): string {
  const tiles = [
    tile(String(all.said), "findings"),
    tile(percent(all.fixRate), "fixed before the merge"),
    tile(percent(all.dismissalRate), "dismissed"),
    tile(duration(all.medianTimeToFix), "median time to fix"),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Hognose: what became of its findings</title>
<style>${STYLE}</style>
</head>
<body>
<h1>What became of the findings</h1>
<p>${escaped(period)}, as of ${escaped(day)}. Rates are of findings that have come to an end: fixed, dismissed, or merged over.</p>
<div class="tiles">${tiles.join("")}</div>
<p class="legend">${KINDS.map(([kind, label]) => `<span><i class="${kind}"></i>${label}</span>`).join("")}</p>
${section("Rules", rules)}
${section("Repositories", repositories)}
</body>
</html>
`;
}

function tile(figure: string, label: string): string {
  return `<div><b>${escaped(figure)}</b>${escaped(label)}</div>`;
}

/** In the order in which a bar shows them. */
const KINDS = [
  ["fixed", "fixed"],
  ["dismissed", "dismissed"],
  ["merged", "merged over"],
  ["left", "open or closed without a merge"],
] as const;

function section(title: string, figures: readonly Figures[]): string {
  if (figures.length === 0) return "";
  const most = Math.max(...figures.map(({ said }) => said));
  return `<h2>${title}</h2>\n<ul>\n${figures.map((each) => item(each, most)).join("\n")}\n</ul>`;
}

/** A bar as long as the finding count is large beside the others, and the figures below it. */
function item(figures: Figures, most: number): string {
  const { name, said, fixed, dismissed, merged, fixRate, dismissalRate, medianTimeToFix } = figures;
  const counts = { fixed, dismissed, merged, left: said - fixed - dismissed - merged };
  const parts = KINDS.filter(([kind]) => counts[kind] > 0).map(
    ([kind, label]) =>
      `<i class="${kind}" style="flex:${counts[kind]}" title="${counts[kind]} ${label}"></i>`,
  );
  const words = [
    `${said} ${said === 1 ? "finding" : "findings"}`,
    `${percent(fixRate)} fixed`,
    `${percent(dismissalRate)} dismissed`,
    ...(medianTimeToFix === undefined ? [] : [`${duration(medianTimeToFix)} to fix`]),
  ];
  const width = Math.max(2, Math.round((said / most) * 100));
  return `<li><code>${escaped(name)}</code><div class="bar" style="width:${width}%">${parts.join("")}</div><small>${words.join(" · ")}</small></li>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
:root { color-scheme: light dark; --fixed: #2da44e; --dismissed: #bf8700; --merged: #cf222e; --left: #8c959f; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; margin: .5rem 0; }
h2 { font-size: 1.15rem; margin: 1.5rem 0 .5rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .5rem; }
.tiles div { border: 1px solid #8884; border-radius: .5rem; padding: .5rem .75rem; }
.tiles b { display: block; font-size: 1.5rem; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1rem; font-size: .85rem; }
.legend i { display: inline-block; width: .75rem; height: .75rem; border-radius: .15rem; margin-right: .35rem; }
ul { list-style: none; margin: 0; padding: 0; }
li { padding: .5rem 0; border-top: 1px solid #8883; overflow-wrap: anywhere; }
.bar { display: flex; height: .75rem; margin: .25rem 0; border-radius: .25rem; overflow: hidden; }
.fixed { background: var(--fixed); } .dismissed { background: var(--dismissed); }
.merged { background: var(--merged); } .left { background: var(--left); }
`;
