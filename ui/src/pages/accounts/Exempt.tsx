import { MessageBar, MessageBarBody, Switch } from "@fluentui/react-components";
import { useId } from "react";
import type { AccountDetail } from "../../api/bindings";
import { useExempt } from "../../api/queries";
import { testids } from "../../testids";
import { text } from "../../text";

/** Kept out of provisioning or not; acts at once. */
export function Exempt({ account: { row } }: { account: AccountDetail }) {
  const exempt = useExempt();
  const [title, hint] = [useId(), useId()];
  const set = (value: boolean) => exempt.mutate({ id: row.id, exempt: value });
  return (
    <div className="tight">
      <div className="setting">
        <div>
          <h3 id={title}>{text.accounts.exempt}</h3>
          <p className="quiet" id={hint}>
            {text.accounts.exemptHint}
          </p>
        </div>
        <Switch
          aria-labelledby={title}
          aria-describedby={hint}
          checked={row.exempt}
          disabled={exempt.isPending}
          onChange={(_, { checked }) => set(checked)}
          data-testid={testids.accountExempt}
        />
      </div>
      {exempt.error && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{exempt.error.message}</MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}
