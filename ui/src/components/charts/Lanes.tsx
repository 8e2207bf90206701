import type { RunStatus } from "../../api/bindings";

export type Dot = { key: number; lane: string; at: number; status: RunStatus; hint: string; onOpen: () => void };

type Props = { width: number; lanes: string[]; dots: Dot[]; from: number; to: number; labels: { at: number; text: string }[] };

const LANE = 36;
const LEFT = 190;
const BOTTOM = 24;

/** A lane for each reason, a sign for each sync: its shape says how it came out. */
export function Lanes({ width, lanes, dots, from, to, labels }: Props) {
  const span = Math.max(1, to - from);
  const at = (time: number) => LEFT + 12 + ((time - from) / span) * (width - LEFT - 36);
  const height = lanes.length * LANE + BOTTOM;
  return (
    <svg width={width} height={height} className="axes">
      {lanes.map((lane, place) => (
        <g key={lane}>
          <text x={0} y={place * LANE + LANE / 2 + 4}>
            {lane}
          </text>
          <line className="grid" x1={LEFT} x2={width} y1={place * LANE + LANE / 2} y2={place * LANE + LANE / 2} />
        </g>
      ))}
      {dots.map(({ key, lane, at: time, status, hint, onOpen }) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
        <g key={key} className="column open" transform={`translate(${at(time)} ${lanes.indexOf(lane) * LANE + LANE / 2})`} onClick={onOpen}>
          <title>{hint}</title>
          <rect className="target" x={-12} y={-12} width={24} height={24} />
          <Sign status={status} />
        </g>
      ))}
      {labels.map(({ at: time, text }) => (
        <text key={time} x={at(time)} y={height - 6} textAnchor="middle">
          {text}
        </text>
      ))}
    </svg>
  );
}

/** Completed a disk, skipped a ring, stopped a square, failed a cross. */
export function Sign({ status }: { status: RunStatus }) {
  switch (status) {
    case "completed":
      return <circle r={6} className="fill good" />;
    case "stopped":
      return <rect x={-5.5} y={-5.5} width={11} height={11} className="fill warn" />;
    case "failed":
      return <path d="M-5-5L5 5M5-5L-5 5" className="line bad" />;
    default:
      return <circle r={5} className="ring" />;
  }
}

/** The signs and their words. */
export function SignLegend({ words }: { words: [RunStatus, string][] }) {
  return (
    <ul className="legend axes">
      {words.map(([status, word]) => (
        <li key={status}>
          <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden>
            <Sign status={status} />
          </svg>
          {word}
        </li>
      ))}
    </ul>
  );
}
