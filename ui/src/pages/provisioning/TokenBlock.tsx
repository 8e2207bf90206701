import { Button, MessageBar, MessageBarBody, Spinner } from "@fluentui/react-components";
import { useState } from "react";
import type { Progress, RunRow, TokenStatus } from "../../api/bindings";
import { useTokenRevoke } from "../../api/queries";
import { Confirm } from "../../components/Confirm";
import { type Issue, useTokenIssuer } from "../../shell/TokenIssuer";
import { testids } from "../../testids";
import { text } from "../../text";
import { KnownToken, NeedsToken } from "./KnownToken";
import { ForceSync, SyncOutcome, useForceSync } from "./ForceSync";

/** What is asked before a token is replaced or cut off. The new one is shown by the window. */
type Asking = "nothing" | "regenerate" | "revoke";

type Props = { status: TokenStatus; running: Progress | null; lastSync: RunRow | null };

/** The token: what is known about it, and the buttons that act on it at once. */
export function TokenBlock({ status, running, lastSync }: Props) {
  const [asking, setAsking] = useState<Asking>("nothing");
  const { busy, error, issue, forgetError } = useTokenIssuer();
  const revoke = useTokenRevoke();
  const sync = useForceSync();
  const active = status.state === "active";
  const why = !active ? text.token.needsToken : busy ? text.token.issuing : null;
  const ask = (about: Asking) => {
    forgetError();
    setAsking(about);
  };
  const close = () => ask("nothing");
  const make = async (command: Issue) => {
    if (await issue(command)) setAsking("nothing");
  };

  return (
    <div className="stack">
      <KnownToken status={status} />
      {error && asking === "nothing" && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{error.message}</MessageBarBody>
        </MessageBar>
      )}
      <div className="row">
        {!active && (
          <Button
            appearance="primary"
            icon={busy ? <Spinner size="extra-tiny" /> : undefined}
            disabledFocusable={busy}
            onClick={() => void make("tokenGenerate")}
            data-testid={testids.tokenGenerate}
          >
            {text.token.generate}
          </Button>
        )}
        <NeedsToken
          why={why}
          label={text.token.regenerate}
          testid={testids.tokenRegenerate}
          onClick={() => ask("regenerate")}
        />
        <NeedsToken
          why={why}
          label={text.token.revoke}
          testid={testids.tokenRevoke}
          onClick={() => ask("revoke")}
        />
        <ForceSync sync={sync} why={active ? null : text.token.needsToken} running={running} />
      </div>
      <SyncOutcome sync={sync} running={running} lastSync={lastSync} />
      {asking === "regenerate" && (
        <Confirm
          title={text.token.regenerateTitle}
          confirm={text.token.regenerate}
          word="regenerate"
          busy={busy}
          error={error}
          onCancel={close}
          onConfirm={() => void make("tokenRegenerate")}
        >
          <p>
            {text.token.regenerateBody} {active && text.token.usesToday(status.usesToday)}
          </p>
        </Confirm>
      )}
      {asking === "revoke" && (
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
