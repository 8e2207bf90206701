import { Field, Input } from "@fluentui/react-components";
import { Add16Regular, Subtract16Regular } from "@fluentui/react-icons";
import { useId, useState } from "react";
import type { Progress, RunRow } from "../../api/bindings";
import { useToken } from "../../api/queries";
import { CopyButton } from "../../components/CopyButton";
import { Answer } from "../../components/States";
import { testids } from "../../testids";
import { text } from "../../text";
import { TokenBlock } from "./TokenBlock";

type Props = { tenantUrl: string; running: Progress | null; lastSync: RunRow | null };

/** + SCIM Settings: what the identity provider needs. Starts open once there is a token to look after. */
export function ScimSettings({ tenantUrl, running, lastSync }: Props) {
  const token = useToken();
  const [open, setOpen] = useState<boolean | null>(null);
  // Decided once: revoking the token must not close what is being read.
  if (open === null && token.data) setOpen(token.data.state === "active");
  const region = useId();
  return (
    <div>
      <button
        type="button"
        className="expander"
        aria-expanded={open === true}
        aria-controls={region}
        onClick={() => setOpen(!open)}
        data-testid={testids.scimSettingsToggle}
      >
        {open ? <Subtract16Regular aria-hidden /> : <Add16Regular aria-hidden />}
        {text.provisioning.scimSettings}
      </button>
      {open && (
        <div id={region} className="inset stack">
          <Field className="narrow" label={text.provisioning.tenantUrl} hint={text.provisioning.tenantUrlHint}>
            <Input
              readOnly
              className="shown-token"
              value={tenantUrl}
              onFocus={({ currentTarget }) => currentTarget.select()}
              contentAfter={<CopyButton what={text.provisioning.tenantUrl} value={tenantUrl} />}
              data-testid={testids.tenantUrl}
            />
          </Field>
          <Answer query={token} rows={2}>
            {(status) => <TokenBlock status={status} running={running} lastSync={lastSync} />}
          </Answer>
        </div>
      )}
    </div>
  );
}
