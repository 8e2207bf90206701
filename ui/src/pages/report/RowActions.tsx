import { Button, Tooltip } from "@fluentui/react-components";
import { ArrowUndo16Regular, PauseCircle16Filled, PauseCircle16Regular } from "@fluentui/react-icons";
import { useState } from "react";
import { Link } from "wouter";
import type { ReportRow, RunRow } from "../../api/bindings";
import { useHold, useRelease } from "../../api/queries";
import { Refusal } from "../../components/Refusal";
import { path } from "../../routes";
import { testids } from "../../testids";
import { text } from "../../text";
import { Undo } from "./Undo";

type Props = { run: RunRow; row: ReportRow };

/** What can be done about one change: hold it, release it, take it back. */
export function RowActions({ run, row }: Props) {
  const [undoing, setUndoing] = useState(false);
  const { target } = row;
  if (!target) return null;
  const account = target.account;
  return (
    <span className="actions">
      {row.heldBy === "protected" && account && !row.onHold ? (
        <Link className="link" href={path.account(account)}>
          {text.report.openAccount}
        </Link>
      ) : (
        <HoldButton run={run.id} row={row} />
      )}
      {run.canUndo && account && row.object !== "held" && (
        <Tooltip content={text.report.undoPersonHint(row.name)} relationship="description">
          <Button
            size="small"
            appearance="subtle"
            icon={<ArrowUndo16Regular />}
            onClick={() => setUndoing(true)}
            data-testid={testids.undoPerson}
          >
            {text.report.undoPerson}
          </Button>
        </Tooltip>
      )}
      {undoing && account && <Undo run={run.id} person={{ account, name: row.name }} onClose={() => setUndoing(false)} />}
    </span>
  );
}

function HoldButton({ run, row: { index, name, target, onHold } }: { run: number; row: ReportRow }) {
  const hold = useHold();
  const release = useRelease();
  const busy = hold.isPending || release.isPending;
  const act = () => (onHold && target ? release.mutate(target) : hold.mutate({ id: run, index }));
  const hint = onHold ? text.report.releaseHint(name) : text.report.holdHint(name);
  return (
    <>
      {onHold && (
        <span className="mark warning">
          <PauseCircle16Filled aria-hidden />
          {text.report.onHold}
        </span>
      )}
      <Tooltip content={hint} relationship="description">
        <Button
          size="small"
          appearance="subtle"
          icon={onHold ? undefined : <PauseCircle16Regular />}
          disabledFocusable={busy}
          onClick={act}
          data-testid={onHold ? testids.release : testids.hold}
        >
          {onHold ? text.report.release : text.report.hold}
        </Button>
      </Tooltip>
      <Refusal error={hold.error ?? release.error} />
    </>
  );
}
