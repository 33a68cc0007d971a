import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { run, type Terminal } from "../../../src/cli/run.js";
import { statisticsOf } from "../../../src/cli/stats/statistics.js";
import { NoDatabase, storedOutcomes } from "../../../src/cli/stats/stored.js";
import { openDatabase } from "../../../src/store/database.js";
import { type Outcome, openOutcomes } from "../../../src/store/outcomes.js";
import { sqliteSql } from "../../../src/store/sql.js";
import { temporaryFolder } from "../../git/repository.js";

const HOUR = 3_600_000;
const outcome = (state: Outcome["state"], hours?: number, more: Partial<Outcome> = {}): Outcome => ({
  repository: "acme/shop",
  rule: "sql-injection",
  state,
  time: hours === undefined ? undefined : hours * HOUR,
  ...more,
});
const SOME = [
  outcome("fixed", 1),
  outcome("fixed", 3),
  outcome("dismissed", 1),
  outcome("merged", 50, { repository: "acme/<b>" }),
  outcome("open"),
  outcome("closed", 9, { rule: "log-injection" }),
];

describe("statistics", () => {
  test("are rates of what has come to an end, and medians of what was fixed", () => {
    const [sql, log] = statisticsOf(SOME).rules;
    expect(sql).toEqual({
      name: "sql-injection",
      said: 5,
      fixed: 2,
      dismissed: 1,
      merged: 1,
      fixRate: 0.5,
      dismissalRate: 0.25,
      medianTimeToFix: 2 * HOUR,
    });
    expect(log).toMatchObject({ said: 1, fixRate: undefined, medianTimeToFix: undefined });
  });
});

describe("hognose stats", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());

  async function stats(args: readonly string[], outcomes: (since: number) => Promise<readonly Outcome[]>) {
    const said = { out: "", error: "" };
    const terminal: Terminal = {
      cwd: folder.path,
      colour: false,
      out: (text) => {
        said.out += text;
      },
      error: (text) => {
        said.error += text;
      },
    };
    const review = () => {
      throw new Error("nothing is reviewed");
    };
    return { code: await run(["stats", ...args], { rules: [], review, outcomes }, terminal), ...said };
  }

  test("prints a table of rules and one of repositories", async () => {
    const { code, out } = await stats([], async () => SOME);
    expect(code).toBe(0);
    expect(out).toBe(
      [
        "rule           findings  fixed  dismissed  merged over  fix rate  dismissal rate  time to fix",
        "sql-injection         5      2          1            1      50 %            25 %          2 h",
        "log-injection         1      0          0            0         –               –            –",
        "all                   6      2          1            1      50 %            25 %          2 h",
        "",
        "repository  findings  fixed  dismissed  merged over  fix rate  dismissal rate  time to fix",
        "acme/shop          5      2          1            0      67 %            33 %          2 h",
        "acme/<b>           1      0          0            1       0 %             0 %            –",
        "all                6      2          1            1      50 %            25 %          2 h",
        "",
      ].join("\n"),
    );
  });

  test("is of one repository and of some days when asked", async () => {
    let asked = 0;
    const { out } = await stats(["--repository", "acme/<b>", "--days", "7"], async (since) => {
      asked = since;
      return SOME;
    });
    expect(out).not.toContain("acme/shop");
    expect(Math.round((Date.now() - asked) / 86_400_000)).toBe(7);
    expect((await stats(["--days", "none"], async () => [])).code).toBe(2);
    expect((await stats([], async () => [])).out).toBe("No findings were said in this time.\n");
  });

  test("writes a page that needs nothing from elsewhere and shows names as text", async () => {
    const { code, out } = await stats(["--html", "stats.html"], async () => SOME);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    const page = readFileSync(join(folder.path, "stats.html"), "utf8");
    expect(page).toContain("acme/&#60;b&#62;");
    expect(page).not.toMatch(/<script|https?:|src=|@import|url\(/);
    expect(page).toContain('<i class="fixed" style="flex:2" title="2 fixed">');
    expect((await stats(["--html", "no/such/x.html"], async () => SOME)).code).toBe(2);
  });

  test("reads the app's own database, and says where it looked when there is none", async () => {
    const file = join(folder.path, "hognose.db");
    const database = openDatabase(file);
    const finding = { fingerprint: "a", rule: "r", path: "a.py", severity: "high", confidence: "high" };
    const pull = { repository: 1, owner: "acme", repo: "shop", pull: 7 };
    const reviewed = { findings: [finding], dismissed: [], isReviewed: () => true };
    await openOutcomes(sqliteSql(database)).record(pull, reviewed);
    database.close();
    expect(await storedOutcomes({ HOGNOSE_DATA: folder.path }, 0)).toMatchObject([{ state: "open" }]);
    const missing = await stats([], (since) => storedOutcomes({ HOGNOSE_DATA: "/nowhere" }, since));
    expect(missing.code).toBe(2);
    expect(missing.error).toContain("there is no /nowhere/hognose.db");
    await expect(storedOutcomes({}, 0)).rejects.toBeInstanceOf(NoDatabase);
  });
});
