import { Button } from "@fluentui/react-components";
import { type ReactNode, useId, useState } from "react";
import { useWidth } from "../../hooks/useWidth";
import { text } from "../../text";

/** At most four; each has a colour and a pattern of its own. */
export type Series = { name: string; look: Look };
export type Look = "create" | "change" | "archive" | "restore" | "good" | "quiet" | "bad" | "first" | "second";

export type Table = { columns: string[]; rows: { key: string | number; cells: ReactNode[] }[] };

type Props = {
  title: string;
  /** What the picture shows, in one sentence. */
  summary: string;
  series: Series[];
  /** In place of the series' names, where signs are drawn. */
  legend?: ReactNode;
  table: () => Table;
  /** Nothing to draw: the sentence says so. */
  empty?: boolean;
  /** The picture, for a width in pixels. */
  children: (width: number) => ReactNode;
};

/** A picture with a title, a sentence that says what it shows, a legend, and the same numbers as a table. */
export function Chart({ title, summary, series, legend, table, empty = false, children }: Props) {
  const [asTable, setAsTable] = useState(false);
  const [frame, width] = useWidth<HTMLDivElement>();
  const [heading, panel] = [useId(), useId()];
  return (
    <figure className="card chart" aria-labelledby={heading}>
      <div className="row">
        <h2 id={heading}>{title}</h2>
        {!empty && (
          <Button className="end" size="small" appearance="subtle" aria-expanded={asTable} aria-controls={panel} onClick={() => setAsTable(!asTable)}>
            {asTable ? text.charts.asPicture : text.charts.asTable}
          </Button>
        )}
      </div>
      <figcaption className="quiet">{summary}</figcaption>
      {!empty && !asTable && (legend ?? <Legend series={series} />)}
      <div ref={frame} id={panel} className={asTable ? "plot scrolled" : "plot"}>
        {empty ? null : asTable ? <Numbers title={title} table={table()} /> : width > 0 && <div aria-hidden>{children(width)}</div>}
      </div>
    </figure>
  );
}

function Legend({ series }: { series: Series[] }) {
  return (
    <ul className="legend">
      {series.map(({ name, look }) => (
        <li key={name}>
          <svg width="14" height="14" aria-hidden>
            <Fill look={look} x={0} y={0} width={14} height={14} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

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

function Numbers({ title, table: { columns, rows } }: { title: string; table: Table }) {
  return (
    // It scrolls, so it takes the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="numbers-table" role="region" aria-label={title} tabIndex={0}>
      <table className="matrix">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [first, ...rest] }) => (
            <tr key={key}>
              <th scope="row">{first}</th>
              {rest.map((cell, place) => (
                // oxlint-disable-next-line react/no-array-index-key -- a cell is known by its column
                <td key={columns[place + 1] ?? place}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
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
