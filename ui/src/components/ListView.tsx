import type { ReactNode } from "react";
import type { CommandError } from "../api/client";
import { type Column, DataTable, type Sorting } from "./DataTable";
import { Pane } from "./Details";
import { Answer } from "./States";

type Pages<Row> = {
  data: unknown;
  error: CommandError | null;
  refetch: () => unknown;
  rows: Row[];
  more: () => void;
};

type Props<Row> = {
  label: string;
  pages: Pages<Row>;
  columns: Column<Row>[];
  keyOf: (row: Row) => string;
  testid: string;
  sorting?: Sorting;
  /** The key of the row whose details are open; empty for none. */
  selected: string;
  onSelect: (key: string | null) => void;
  /** What stands there when there are no rows. */
  empty: ReactNode;
  details: (key: string) => ReactNode;
};

/** A list read page by page, with the details of one row beside it. */
export function ListView<Row>({ label, pages, columns, keyOf, testid, sorting, selected, onSelect, empty, details }: Props<Row>) {
  const close = () => onSelect(null);
  return (
    <div className="split">
      <Answer query={pages} rows={10}>
        {() =>
          pages.rows.length > 0 ? (
            <DataTable
              label={label}
              columns={columns}
              rows={pages.rows}
              keyOf={keyOf}
              testid={testid}
              sorting={sorting}
              selected={selected}
              onOpen={(row) => onSelect(keyOf(row))}
              onClose={close}
              onEnd={pages.more}
            />
          ) : (
            <div className="blank">{empty}</div>
          )
        }
      </Answer>
      {selected && <Pane onClose={close}>{details(selected)}</Pane>}
    </div>
  );
}
