// The looks of a series: a colour and, for those who cannot tell it, stripes.

/** At most four in one chart. */
export type Series = { name: string; look: Look };
export type Look = "create" | "change" | "archive" | "restore" | "good" | "quiet" | "bad" | "first" | "second";

type FillProps = { look: Look; x: number; y: number; width: number; height: number };

/** An area in a series' colour, with its stripes, so that it can be told without the colour. */
export function Fill({ look, ...area }: FillProps) {
  return (
    <>
      <rect className={`fill ${look}`} {...area} />
      <rect className="stripes" fill={`url(#stripes-${look})`} {...area} />
    </>
  );
}

const STRIPES: [Look, string][] = [
  ["change", "M0 6L6 0"],
  ["archive", "M0 0L6 6"],
  ["restore", "M3 0V6"],
  ["quiet", "M0 6L6 0"],
  ["bad", "M0 0L6 6"],
];

/** The patterns that the areas are filled with; once in a page that has charts. */
export function Patterns() {
  return (
    <svg width="0" height="0" className="patterns" aria-hidden>
      <defs>
        {STRIPES.map(([look, d]) => (
          <pattern key={look} id={`stripes-${look}`} width="6" height="6" patternUnits="userSpaceOnUse">
            <path d={d} className="stripe" />
          </pattern>
        ))}
      </defs>
    </svg>
  );
}
