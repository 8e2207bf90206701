import { expect, test } from "vitest";
import { every, linesThrough, niceMax, stacked, ticks } from "./chart";

test.each([
  [0, 4],
  [1, 4],
  [3, 4],
  [4, 4],
  [26, 40],
  [61, 80],
  [1284, 2000],
  [0.7, 0.8],
])("an axis that holds %d ends at %d", (max, end) => {
  expect(niceMax(max)).toBeCloseTo(end);
  expect(ticks(niceMax(max)).at(-1)).toBeGreaterThanOrEqual(max);
});

test("the parts of a column stand on each other", () => {
  expect(stacked([3, 0, 2])).toEqual([
    [0, 3],
    [3, 3],
    [3, 5],
  ]);
});

test("a line is broken where nothing was measured", () => {
  expect(linesThrough([null, [1, 1], [2, 2], null, [4, 4]])).toEqual([
    [
      [1, 1],
      [2, 2],
    ],
    [[4, 4]],
  ]);
});

test("labels that would touch are left out", () => {
  expect(every(96, 480, 60)).toBe(12);
  expect(every(5, 480, 60)).toBe(1);
});
