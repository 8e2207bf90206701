import { Badge, Tooltip } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { ReportRow } from "../../api/bindings";
import { Fields } from "../../components/Fields";
import { actionSign } from "../../components/Marks";
import { testids } from "../../testids";
import { text } from "../../text";

type Props = { row: ReportRow; actions?: ReactNode };

/** One object: who, why, and each field before → after; at its end what can be done about it. */
export function ChangeRow({ row, actions }: Props) {
  const { action, name, detail, reason, fields, unchanged, isNew, heldBy } = row;
  return (
    <li className="changerow" data-testid={testids.changeRow}>
      <div className="who">
        <span className={`symbol ${action ?? ""}`} aria-hidden>
          {action ? actionSign[action].symbol : "•"}
        </span>
        <b>{name}</b>
        <span className="quiet">{detail}</span>
        {isNew && (
          <Tooltip content={text.report.isNew} relationship="description">
            <Badge appearance="outline" color="brand" size="small">
              {text.report.isNewShort}
            </Badge>
          </Tooltip>
        )}
        {actions}
      </div>
      <div className="under">
        {reason && <p className="quiet">{action ? text.report.because(reason) : reason}</p>}
        {heldBy && <p className="quiet">{text.report.heldBy[heldBy]}</p>}
        <Fields fields={fields} />
        {fields.length > 0 && unchanged > 0 && <p className="quiet">{text.report.unchanged(unchanged)}</p>}
      </div>
    </li>
  );
}
