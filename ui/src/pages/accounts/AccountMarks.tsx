import { Switch } from "@fluentui/react-components";
import { useId } from "react";
import type { AccountDetail } from "../../api/bindings";
import type { CommandError } from "../../api/client";
import { useExempt, useProtect } from "../../api/queries";
import { Refusal } from "../../components/Refusal";
import { testids } from "../../testids";
import { text } from "../../text";

/** What an administrator says about one account; each acts at once. */
export function AccountMarks({ account: { row } }: { account: AccountDetail }) {
  const exempt = useExempt();
  const protect = useProtect();
  return (
    <>
      <MarkSwitch
        title={text.accounts.exempt}
        hint={text.accounts.exemptHint}
        value={row.exempt}
        busy={exempt.isPending}
        error={exempt.error}
        onChange={(value) => exempt.mutate({ id: row.id, exempt: value })}
        testid={testids.accountExempt}
      />
      <MarkSwitch
        title={text.accounts.protect}
        hint={text.accounts.protectHint}
        value={row.protected}
        busy={protect.isPending}
        error={protect.error}
        onChange={(value) => protect.mutate({ id: row.id, protected: value })}
        testid={testids.accountProtected}
      />
    </>
  );
}

type Props = {
  title: string;
  hint: string;
  value: boolean;
  busy: boolean;
  error: CommandError | null;
  onChange: (value: boolean) => void;
  testid: string;
};

function MarkSwitch({ title, hint, value, busy, error, onChange, testid }: Props) {
  const [titleId, hintId] = [useId(), useId()];
  return (
    <div className="tight">
      <div className="setting">
        <div>
          <h3 id={titleId}>{title}</h3>
          <p className="quiet" id={hintId}>
            {hint}
          </p>
        </div>
        <Switch
          aria-labelledby={titleId}
          aria-describedby={hintId}
          checked={value}
          disabled={busy}
          onChange={(_, { checked }) => onChange(checked)}
          data-testid={testid}
        />
      </div>
      <Refusal error={error} />
    </div>
  );
}
