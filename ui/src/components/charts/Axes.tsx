import type { ReactNode } from "react";
import { ticks } from "../../lib/chart";
import { number } from "../../text";

export const HEIGHT = 200;
const LEFT = 44;
const BOTTOM = 24;
const TOP = 10;

/** The area between the axes. */
export type Area = { x: number; y: number; width: number; height: number };

export const areaOf = (width: number): Area => ({ x: LEFT, y: TOP, width: Math.max(1, width - LEFT - 4), height: HEIGHT - TOP - BOTTOM });

/** Where a value stands, from the top. */
export const heightAt = (area: Area, value: number, end: number) => area.y + area.height - (value / end) * area.height;

type Props = { width: number; end: number; labels: { x: number; text: string }[]; children: ReactNode };

/** Marks and lines for five values, labels below, and what is drawn between them. */
export function Axes({ width, end, labels, children }: Props) {
  const area = areaOf(width);
  return (
    <svg width={width} height={HEIGHT} className="axes">
      {ticks(end).map((value) => {
        const y = heightAt(area, value, end);
        return (
          <g key={value}>
            <line className={value === 0 ? "base" : "grid"} x1={area.x} x2={area.x + area.width} y1={y} y2={y} />
            <text x={area.x - 8} y={y + 4} textAnchor="end">
              {number(value)}
            </text>
          </g>
        );
      })}
      {children}
      {labels.map(({ x, text }) => (
        <text key={x} x={x} y={HEIGHT - 6} textAnchor="middle">
          {text}
        </text>
      ))}
    </svg>
  );
}
