import { ArrowSortDown16Regular, ArrowSortUp16Regular } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import type { Sort } from "../api/bindings";
import { testids } from "../testids";

export type Column<Row> = {
  id: string;
  title: string;
  /** A grid track, such as `120px` or `minmax(0, 2fr)`. */
  width: string;
  /** `number` is right-aligned; `soft` is quieter. */
  look?: "number" | "soft" | "mono";
  /** Gives way while the details stand beside the table. */
  spare?: boolean;
  /** The list can be sorted by it. */
  sorts?: boolean;
  /** Cannot be hidden: without it nobody knows what a row is about. */
  fixed?: boolean;
  cell: (row: Row) => ReactNode;
};

/** The order a list is in, and how another one is asked for. */
export type Sorting = { sort: Sort | null; onSort: (sort: Sort | null) => void };

/** A column's title; where the list can be sorted by it, a button that goes round: up, down, as usual. */
export function Header<Row>({ columns, sorting }: { columns: Column<Row>[]; sorting?: Sorting | undefined }) {
  return (
    <div role="rowgroup" className="thead">
      <div role="row" aria-rowindex={1} className="tr">
        {columns.map((column) => (
          <Heading key={column.id} column={column} sorting={sorting} />
        ))}
      </div>
    </div>
  );
}

function Heading<Row>({ column: { id, title, look, sorts }, sorting }: { column: Column<Row>; sorting: Sorting | undefined }) {
  const className = look === "number" ? "td number" : "td";
  const on = sorting?.sort?.column === id ? sorting.sort : null;
  if (!sorts || !sorting)
    return (
      <div role="columnheader" className={className}>
        {title}
      </div>
    );
  const next = on === null ? { column: id, descending: false } : on.descending ? null : { column: id, descending: true };
  return (
    <div role="columnheader" className={className} aria-sort={on === null ? "none" : on.descending ? "descending" : "ascending"}>
      <button type="button" onClick={() => sorting.onSort(next)} data-testid={testids.sortBy(id)}>
        {title}
        {on && (on.descending ? <ArrowSortDown16Regular aria-hidden /> : <ArrowSortUp16Regular aria-hidden />)}
      </button>
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
