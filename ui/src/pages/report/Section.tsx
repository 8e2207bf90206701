import { Button } from "@fluentui/react-components";
import { ChevronDown20Regular, ChevronRight20Regular } from "@fluentui/react-icons";
import { useId, useState } from "react";
import type { Action, Consequence, ObjectKind, ReportRow, RunRow } from "../../api/bindings";
import { PAGE, useReportRows } from "../../api/queries";
import { actionSign } from "../../components/Marks";
import { Answer } from "../../components/States";
import { testids } from "../../testids";
import { actionWord, membershipWord, number, text } from "../../text";
import { ChangeRow } from "./ChangeRow";
import { RowActions } from "./RowActions";

/** Longer lists of what is merely created start closed; what is changed or archived is always open. */
const LONG = 12;

type Props = { run: RunRow; object: ObjectKind; action: Action; count: number; search: string };

/** ▾ + Created · 3, and under it the rows, read page by page while it is open. */
export function Section({ run, object, action, count, search }: Props) {
  const [open, setOpen] = useState(action !== "create" || count <= LONG);
  const region = useId();
  const { icon: Icon } = actionSign[action];
  const word = (object === "membership" ? membershipWord : actionWord)[action];
  return (
    <section className="section" data-testid={testids.section(action)}>
      <h2>
        <button type="button" aria-expanded={open} aria-controls={region} onClick={() => setOpen(!open)}>
          {open ? <ChevronDown20Regular aria-hidden /> : <ChevronRight20Regular aria-hidden />}
          <Icon className={action} aria-hidden />
          <span className="word">{word}</span>
          <span className="number">{number(count)}</span>
        </button>
      </h2>
      <div id={region} className="rows" hidden={!open}>
        {open && <Rows run={run} object={object} action={action} consequence={null} search={search} />}
      </div>
    </section>
  );
}

type PlainProps = { run: RunRow; object: ObjectKind; consequence?: Consequence; search: string };

/** Rows without a section: held, skipped and warnings, and those that a consequence picks. */
export function PlainRows({ run, object, consequence, search }: PlainProps) {
  return (
    <section className="section">
      <Rows run={run} object={object} action={null} consequence={consequence ?? null} search={search} />
    </section>
  );
}

type RowsProps = {
  run: RunRow;
  object: ObjectKind;
  action: Action | null;
  consequence: Consequence | null;
  search: string;
};

function Rows({ run, object, action, consequence, search }: RowsProps) {
  const pages = useReportRows({ id: run.id, object, action, consequence, search });
  const rows: ReportRow[] = pages.rows;
  const more = Math.min(PAGE, pages.total - rows.length);
  return (
    <Answer query={pages} rows={3}>
      {() => (
        <>
          {/* A section is here because the sync counted rows for it. */}
          {rows.length === 0 && <p className="quiet">{search ? text.report.filtered : text.report.notKept}</p>}
          <ul>
            {rows.map((row) => (
              <ChangeRow key={row.index} row={row} actions={<RowActions run={run} row={row} />} />
            ))}
          </ul>
          {pages.hasNextPage && (
            <Button onClick={() => void pages.fetchNextPage()} disabledFocusable={pages.isFetchingNextPage}>
              {text.common.showMore(more)}
            </Button>
          )}
        </>
      )}
    </Answer>
  );
}
