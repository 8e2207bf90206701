import { Button, Field, Input, Tooltip } from "@fluentui/react-components";
import type { TokenStatus } from "../../api/bindings";
import { useNow } from "../../hooks/useLater";
import { testids } from "../../testids";
import { ago, date, text } from "../../text";

/** What may be told about the token: never the token. */
export function KnownToken({ status }: { status: TokenStatus }) {
  const now = useNow(30_000);
  if (status.state === "none") return <p className="quiet">{text.token.none}</p>;
  if (status.state === "revoked")
    return <p className="quiet">{text.token.revoked(status.display, ago(status.revokedAt, now))}</p>;
  const { display, createdAt, lastUsedAt, usesToday } = status;
  return (
    <Field
      className="narrow"
      label={text.token.label}
      hint={text.token.known(date(createdAt), lastUsedAt && ago(lastUsedAt, now), usesToday)}
    >
      <Input readOnly className="shown-token" value={display} data-testid={testids.tokenDisplay} />
    </Field>
  );
}

type NeedsTokenProps = { why: string | null; label: string; testid: string; onClick: () => void };

/** A button that says why it cannot be used: there is no token, or one is being made. */
export function NeedsToken({ why, label, testid, onClick }: NeedsTokenProps) {
  const button = (
    <Button disabledFocusable={why !== null} onClick={onClick} data-testid={testid}>
      {label}
    </Button>
  );
  if (!why) return button;
  return (
    <Tooltip content={why} relationship="description">
      {button}
    </Tooltip>
  );
}
