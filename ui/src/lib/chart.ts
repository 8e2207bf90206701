// The arithmetic of the charts.

/** The end of an axis that holds `max`: 1, 2 or 5 times a power of ten, or four such steps. */
export function niceMax(max: number): number {
  if (max <= 0) return 4;
  const step = max / 4;
  const power = 10 ** Math.floor(Math.log10(step));
  const nice = [1, 2, 2.5, 5, 10].find((each) => each * power >= step) ?? 10;
  return Math.max(nice * power, max < 4 && Number.isInteger(max) ? 1 : 0) * 4;
}

/** The five marks of an axis, from 0 up. */
export const ticks = (end: number) => [0, 1, 2, 3, 4].map((each) => (end * each) / 4);

/** Where each part of a column begins and ends. */
export function stacked(values: readonly number[]): [from: number, to: number][] {
  let top = 0;
  return values.map((value) => {
    const from = top;
    top += value;
    return [from, top];
  });
}

/** Lines through points, broken where there is no value. */
export function linesThrough(points: readonly ([number, number] | null)[]): [number, number][][] {
  const lines: [number, number][][] = [];
  let open = false;
  for (const point of points) {
    if (point && open) lines.at(-1)?.push(point);
    else if (point) lines.push([point]);
    open = point !== null;
  }
  return lines;
}

/** Every so many labels, so that they do not touch. */
export const every = (labels: number, width: number, labelWidth: number) =>
  Math.max(1, Math.ceil(labels / Math.max(1, Math.floor(width / labelWidth))));
