// Figures in words.

/** "83 %"; "–" when there is none. @param share 0 to 1 */
export function percent(share: number | undefined): string {
  return share === undefined ? "–" : `${Math.round(share * 100)} %`;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "40 min", "3 h", "2.5 d"; "–" when there is none. @param time milliseconds */
export function duration(time: number | undefined): string {
  if (time === undefined) return "–";
  if (time < HOUR) return `${Math.max(1, Math.round(time / MINUTE))} min`;
  if (time < 2 * DAY) return `${Math.round(time / HOUR)} h`;
  return `${Math.round((time / DAY) * 10) / 10} d`;
}
