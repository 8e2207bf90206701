import type { ReactNode } from "react";

export type Column<Row> = {
  id: string;
  title: string;
  /** A grid track, such as `120px` or `minmax(0, 2fr)`. */
  width: string;
  /** `number` is right-aligned; `soft` is quieter. */
  look?: "number" | "soft" | "mono";
  /** Gives way while the details stand beside the table. */
  spare?: boolean;
  cell: (row: Row) => ReactNode;
};

export function Header<Row>({ columns }: { columns: Column<Row>[] }) {
  return (
    <div role="rowgroup" className="thead">
      <div role="row" aria-rowindex={1} className="tr">
        {columns.map(({ id, title, look }) => (
          <div key={id} role="columnheader" className={look === "number" ? "td number" : "td"}>
            {title}
          </div>
        ))}
      </div>
    </div>
  );
}

/** One cell; what does not fit is in its tooltip. */
export function Cell({ look, content }: { look: string; content: ReactNode }) {
  return (
    <div role="gridcell" className={`td ${look}`} title={typeof content === "string" ? content : undefined}>
      {content}
    </div>
  );
}
