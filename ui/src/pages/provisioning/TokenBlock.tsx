import { Button, MessageBar, MessageBarBody } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Progress, RunRow, TokenStatus } from "../../api/bindings";
import { call, type CommandError, toCommandError } from "../../api/client";
import { invalidateTopics, useTokenRevoke } from "../../api/queries";
import { Confirm } from "../../components/Confirm";
import { testids } from "../../testids";
import { text } from "../../text";
import { KnownToken, NeedsToken } from "./KnownToken";
import { ForceSync, SyncOutcome, useForceSync } from "./ForceSync";
import { TokenDialog } from "./TokenDialog";

/** Which of the token's dialogs is open. A new token lives here, in `issued`, and nowhere else. */
type Open = { dialog: "none" } | { dialog: "regenerate" } | { dialog: "revoke" } | { dialog: "issued"; token: string };

type Props = { status: TokenStatus; running: Progress | null; lastSync: RunRow | null };

/** The token: what is known about it, and the buttons that act on it at once. */
export function TokenBlock({ status, running, lastSync }: Props) {
  const [open, setOpen] = useState<Open>({ dialog: "none" });
  const [error, setError] = useState<CommandError | null>(null);
  const client = useQueryClient();
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
      invalidateTopics(client, ["token"]);
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
