// What GitHub lets each installation ask: its hourly budget as the responses tell it, and the secondary limits, counted
// here. Says before a job begins whether it can end. In one process only; GitHub's own refusal is the last word.
import {
  HOURLY_WRITES,
  POINTS_OF_A_READ,
  POINTS_OF_A_WRITE,
  POINTS_PER_MINUTE,
  WRITES_PER_MINUTE,
} from "./limits.js";

export interface Budgets {
  /** A request was answered. @param now milliseconds since 1970 */
  spend(installation: number, answer: Answered, now: number): void;
  /** When there is enough for one more job, in milliseconds since 1970; undefined: now. */
  exhaustedUntil(installation: number, now: number): number | undefined;
  /** Of each installation that was heard of: the share of its hourly budget that is left, from 0 to 1. */
  left(now: number): readonly number[];
}

interface Answered {
  readonly isWrite: boolean;
  /** It made something that people are notified of. */
  readonly isContent: boolean;
  /** Of the response; GitHub Enterprise Server may send none of the limits. */
  readonly header: (name: string) => string | null;
}

/** What a job needs as a rule: requests, and writes of content among them. Measured in test/e2e. */
const REQUESTS_PER_JOB = 25;
const WRITES_PER_JOB = 4;
/** Kept back of the hourly budget for jobs that have begun. */
const RESERVE = 4 * REQUESTS_PER_JOB;

const MINUTE = 60_000;
const LIMITS = {
  points: { most: POINTS_PER_MINUTE, time: MINUTE, needed: REQUESTS_PER_JOB * POINTS_OF_A_READ },
  writes: { most: WRITES_PER_MINUTE, time: MINUTE, needed: WRITES_PER_JOB },
  hourly: { most: HOURLY_WRITES, time: 60 * MINUTE, needed: WRITES_PER_JOB },
} as const;
type Limit = keyof typeof LIMITS;

/** A bucket of tokens that fills steadily. */
interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

interface Budget {
  readonly buckets: Map<Limit, Bucket>;
  hour: { readonly limit: number; readonly remaining: number; readonly resets: number } | undefined;
}

export function newBudgets(): Budgets {
  const known = new Map<number, Budget>();
  return {
    spend(installation, answer, now) {
      const budget = known.get(installation) ?? { buckets: new Map(), hour: undefined };
      known.set(installation, budget);
      take(budget, "points", answer.isWrite ? POINTS_OF_A_WRITE : POINTS_OF_A_READ, now);
      if (answer.isContent) take(budget, "writes", 1, now);
      if (answer.isContent) take(budget, "hourly", 1, now);
      budget.hour = readHour(answer) ?? budget.hour;
    },
    exhaustedUntil(installation, now) {
      const budget = known.get(installation);
      if (budget === undefined) return undefined;
      const times = (Object.keys(LIMITS) as Limit[]).map((limit) => fullEnough(budget, limit, now));
      const { hour } = budget;
      if (hour !== undefined && hour.remaining < Math.min(RESERVE, hour.limit / 2)) times.push(hour.resets);
      const until = Math.max(...times);
      return until > now ? until : undefined;
    },
    left: (now) =>
      [...known.values()].flatMap(({ hour }) =>
        hour === undefined || hour.resets < now ? [] : [hour.remaining / hour.limit],
      ),
  };
}

function take(budget: Budget, limit: Limit, tokens: number, now: number): void {
  budget.buckets.set(limit, { tokens: Math.max(0, level(budget, limit, now) - tokens), at: now });
}

function level(budget: Budget, limit: Limit, now: number): number {
  const { most, time } = LIMITS[limit];
  const bucket = budget.buckets.get(limit);
  return bucket === undefined ? most : Math.min(most, bucket.tokens + ((now - bucket.at) * most) / time);
}

/** When the bucket holds what a job needs. */
function fullEnough(budget: Budget, limit: Limit, now: number): number {
  const { most, time, needed } = LIMITS[limit];
  return now + (Math.max(0, needed - level(budget, limit, now)) * time) / most;
}

function readHour({ header }: Answered): Budget["hour"] {
  if (header("x-ratelimit-resource") !== "core") return undefined;
  const [limit, remaining, resets] = ["limit", "remaining", "reset"].map((name) =>
    Number(header(`x-ratelimit-${name}`) ?? Number.NaN),
  ) as [number, number, number];
  // A second more than GitHub says: clocks differ.
  return limit > 0 && remaining >= 0 && resets > 0
    ? { limit, remaining, resets: (resets + 1) * 1000 }
    : undefined;
}
