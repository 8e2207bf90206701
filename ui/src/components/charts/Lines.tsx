import { every, linesThrough, niceMax } from "../../lib/chart";
import { areaOf, Axes, heightAt } from "./Axes";
import type { Series } from "./Fill";

export type Moment = { key: string; label: string; hint: string; values: (number | null)[] };

type Props = { width: number; series: Series[]; moments: Moment[]; labelWidth?: number };

/** One line for each series; broken where nothing was measured. The second is dashed. */
export function Lines({ width, series, moments, labelWidth = 48 }: Props) {
  const area = areaOf(width);
  const end = niceMax(Math.max(...moments.flatMap(({ values }) => values.map((value) => value ?? 0)), 0));
  const slot = area.width / Math.max(1, moments.length);
  const at = (place: number) => area.x + slot * (place + 0.5);
  const step = every(moments.length, area.width, labelWidth);
  const labels = moments.flatMap(({ label }, place) => (place % step === 0 ? [{ x: at(place), text: label }] : []));
  const pointsOf = (part: number) =>
    moments.map(({ values }, place): [number, number] | null => {
      const value = values[part] ?? null;
      return value === null ? null : [at(place), heightAt(area, value, end)];
    });

  return (
    <Axes width={width} end={end} labels={labels}>
      {series.map(({ look }, part) =>
        linesThrough(pointsOf(part)).map((line) =>
          line.length > 1 ? (
            <polyline key={`${look}${line[0]}`} className={`line ${look}`} points={line.map((point) => point.join(",")).join(" ")} />
          ) : (
            <circle key={`${look}${line[0]}`} className={`fill ${look}`} cx={line[0]?.[0]} cy={line[0]?.[1]} r={2.5} />
          ),
        ),
      )}
      {moments.map(({ key, hint }, place) => (
        <rect key={key} className="target" x={at(place) - slot / 2} y={area.y} width={slot} height={area.height}>
          <title>{hint}</title>
        </rect>
      ))}
    </Axes>
  );
}
