// Markdown tables with columns of equal width, so that they read well in a terminal too.

/** The first row is the heading; the first `texts` columns are text, the others are numbers. */
export function table(rows: readonly (readonly string[])[], texts = 1): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length), 3));
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const pad = (cell: string, column: number) =>
    column < texts ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
  const rule = widths.map((width, column) =>
    column < texts ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  const [heading, ...body] = rows.map((row) => line(row.map(pad)));
  return [heading!, line(rule), ...body].join("\n");
}

/** "12/50 24.0 %", or "-" of nothing. */
export function share(part: number, whole: number): string {
  return whole === 0 ? "-" : `${part}/${whole} ${percent(part, whole)}`;
}

export function percent(part: number, whole: number): string {
  return whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)} %`;
}
