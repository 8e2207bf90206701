import { Button } from "@fluentui/react-components";
import { type ReactNode, useId, useState } from "react";
import { useWidth } from "../../hooks/useWidth";
import { text } from "../../text";
import { Fill, type Series } from "./Fill";

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
