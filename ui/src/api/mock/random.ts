// The same believable numbers at every start.

export type Random = {
  below(limit: number): number;
  pick<T>(of: readonly T[]): T;
  chance(percent: number): boolean;
  hex(length: number): string;
};

/** mulberry32. */
export function random(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    pick: (of) => of[below(of.length)] as (typeof of)[number],
    chance: (percent) => next() * 100 < percent,
    hex: (length) => Array.from({ length }, () => below(16).toString(16)).join(""),
  };
}

export const START = Date.now();
const MINUTE = 60_000;

/** An instant so many minutes before the start, as the shell writes it. */
export const minutesAgo = (minutes: number) => new Date(START - minutes * MINUTE).toISOString();
