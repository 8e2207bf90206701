import { Button } from "@fluentui/react-components";
import type { HoldRow } from "../../api/bindings";
import { useHolds, useRelease } from "../../api/queries";
import { Refusal } from "../../components/Refusal";
import { Sheet } from "../../components/Sheet";
import { Answer } from "../../components/States";
import { testids } from "../../testids";
import { date, text } from "../../text";

/** Everything that is on hold, and the way to release it. */
export function Holds({ onClose }: { onClose: () => void }) {
  const holds = useHolds();
  const release = useRelease();
  return (
    <Sheet title={text.holds.title} lead={text.holds.lead} onClose={onClose}>
      <Refusal error={release.error} />
      <Answer query={holds} rows={3}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p>{text.holds.none}</p>
          ) : (
            <ul className="plain tall">
              {rows.map((row) => (
                <li key={JSON.stringify(row.target)} className="row" data-testid={testids.holdRow}>
                  <Held row={row} />
                  <Button
                    className="end"
                    size="small"
                    disabledFocusable={release.isPending}
                    aria-label={text.report.releaseHint(row.name)}
                    onClick={() => release.mutate(row.target)}
                    data-testid={testids.release}
                  >
                    {text.report.release}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Sheet>
  );
}

function Held({ row: { name, detail, action, since, run } }: { row: HoldRow }) {
  return (
    <div>
      <b>{name}</b> {detail}
      <p className="quiet">
        {text.holds.planned[action]} · {text.holds.since(date(since), run)}
      </p>
    </div>
  );
}
