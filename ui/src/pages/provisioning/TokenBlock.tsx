import { Button, Field, Input, MessageBar, MessageBarBody, Tooltip } from "@fluentui/react-components";
import { useState } from "react";
import type { Progress, RunRow, TokenStatus } from "../../api/bindings";
import { call, type CommandError, toCommandError } from "../../api/client";
import { useTokenRevoke } from "../../api/queries";
import { Confirm } from "../../components/Confirm";
import { useNow } from "../../hooks/useLater";
import { testids } from "../../testids";
import { ago, date, text } from "../../text";
import { ForceSync, SyncOutcome, useForceSync } from "./ForceSync";
import { TokenDialog } from "./TokenDialog";

/** Which of the token's dialogs is open. A new token lives here, in `issued`, and nowhere else. */
type Open = { dialog: "none" } | { dialog: "regenerate" } | { dialog: "revoke" } | { dialog: "issued"; token: string };

type Props = { status: TokenStatus; running: Progress | null; lastSync: RunRow | null };

/** The token: what is known about it, and the buttons that act on it at once. */
export function TokenBlock({ status, running, lastSync }: Props) {
  const [open, setOpen] = useState<Open>({ dialog: "none" });
  const [error, setError] = useState<CommandError | null>(null);
  const revoke = useTokenRevoke();
  const sync = useForceSync();
  const active = status.state === "active";
  const close = () => {
    setOpen({ dialog: "none" });
    setError(null);
  };

  const issue = async (command: "tokenGenerate" | "tokenRegenerate") => {
    setError(null);
    try {
      const { token } = await call(command);
      setOpen({ dialog: "issued", token });
    } catch (thrown) {
      setError(toCommandError(thrown));
    }
  };

  return (
    <div className="stack">
      <KnownToken status={status} />
      {error && open.dialog === "none" && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{error.message}</MessageBarBody>
        </MessageBar>
      )}
      <div className="row">
        {!active && (
          <Button appearance="primary" onClick={() => void issue("tokenGenerate")} data-testid={testids.tokenGenerate}>
            {text.token.generate}
          </Button>
        )}
        <NeedsToken
          active={active}
          label={text.token.regenerate}
          testid={testids.tokenRegenerate}
          onClick={() => setOpen({ dialog: "regenerate" })}
        />
        <NeedsToken
          active={active}
          label={text.token.revoke}
          testid={testids.tokenRevoke}
          onClick={() => setOpen({ dialog: "revoke" })}
        />
        <ForceSync sync={sync} why={active ? null : text.token.needsToken} running={running} />
      </div>
      <SyncOutcome sync={sync} running={running} lastSync={lastSync} />
      {open.dialog === "issued" && <TokenDialog token={open.token} onClose={close} />}
      {open.dialog === "regenerate" && (
        <Confirm
          title={text.token.regenerateTitle}
          confirm={text.token.regenerate}
          word="regenerate"
          error={error}
          onCancel={close}
          onConfirm={() => void issue("tokenRegenerate")}
        >
          <p>
            {text.token.regenerateBody} {active && text.token.usesToday(status.usesToday)}
          </p>
        </Confirm>
      )}
      {open.dialog === "revoke" && (
        <Confirm
          danger
          title={text.token.revokeTitle}
          confirm={text.token.revoke}
          word="revoke"
          busy={revoke.isPending}
          error={revoke.error}
          onCancel={close}
          onConfirm={() => revoke.mutate(null, { onSuccess: close })}
        >
          <p>
            {text.token.revokeBody} {active && text.token.usesToday(status.usesToday)}
          </p>
        </Confirm>
      )}
    </div>
  );
}

function KnownToken({ status }: { status: TokenStatus }) {
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

type NeedsTokenProps = { active: boolean; label: string; testid: string; onClick: () => void };

/** A button that says why it cannot be used while there is no token. */
function NeedsToken({ active, label, testid, onClick }: NeedsTokenProps) {
  const button = (
    <Button disabledFocusable={!active} onClick={onClick} data-testid={testid}>
      {label}
    </Button>
  );
  if (active) return button;
  return (
    <Tooltip content={text.token.needsToken} relationship="description">
      {button}
    </Tooltip>
  );
}
