import { every, niceMax, stacked } from "../../lib/chart";
import { areaOf, Axes, heightAt } from "./Axes";
import { Fill, type Series } from "./Fill";

export type Column = {
  key: string | number;
  label: string;
  /** One value for each series. */
  values: number[];
  /** Said when the mouse rests on it. */
  hint: string;
  /** Drawn with a dashed edge: it was not done. */
  dashed?: boolean;
  onOpen?: () => void;
};

type Props = { width: number; series: Series[]; columns: Column[]; labelWidth?: number };

/** Stacked columns, one for each sync or stretch of time. */
export function Columns({ width, series, columns, labelWidth = 48 }: Props) {
  const area = areaOf(width);
  const end = niceMax(Math.max(...columns.map(({ values }) => values.reduce((sum, each) => sum + each, 0)), 0));
  const slot = area.width / Math.max(1, columns.length);
  const thick = Math.min(28, Math.max(1, slot * (slot > 8 ? 0.7 : 0.9)));
  const at = (place: number) => area.x + slot * (place + 0.5);
  const step = every(columns.length, area.width, labelWidth);
  const labels = columns.flatMap(({ label }, place) => (place % step === 0 ? [{ x: at(place), text: label }] : []));

  return (
    <Axes width={width} end={end} labels={labels}>
      {columns.map(({ key, values, hint, dashed, onOpen }, place) => {
        const x = at(place) - thick / 2;
        const parts = stacked(values);
        const top = heightAt(area, parts.at(-1)?.[1] ?? 0, end);
        return (
          // The table has the same as links, for the keyboard.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
          <g key={key} className={onOpen ? "column open" : "column"} onClick={onOpen}>
            <title>{hint}</title>
            <rect className="target" x={at(place) - slot / 2} y={area.y} width={slot} height={area.height} />
            {parts.map(([from, to], part) => {
              const look = series[part]?.look;
              const y = heightAt(area, to, end);
              return look && to > from && <Fill key={look} look={look} x={x} y={y} width={thick} height={heightAt(area, from, end) - y} />;
            })}
            {dashed && top < area.y + area.height && (
              <rect className="dashed" x={x - 1.5} y={top - 1.5} width={thick + 3} height={area.y + area.height - top + 1.5} />
            )}
          </g>
        );
      })}
    </Axes>
  );
}
