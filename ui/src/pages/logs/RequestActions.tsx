import { Button } from "@fluentui/react-components";
import { useState } from "react";
import type { Exchange } from "../../api/bindings";
import { CopyButton } from "../../components/CopyButton";
import { asCurl, asHttp, asPowerShell } from "../../lib/copyAs";
import { testids } from "../../testids";
import { text } from "../../text";
import { ReplayDialog } from "./ReplayDialog";

const forms = { curl: asCurl, powershell: asPowerShell, http: asHttp };

/** Take a request along as a command, or try it again on a copy. */
export function RequestActions({ id, exchange }: { id: number; exchange: Exchange }) {
  const [replaying, setReplaying] = useState(false);
  return (
    <>
      <div className="row copyas">
        <Button size="small" onClick={() => setReplaying(true)} data-testid={testids.logReplay}>
          {text.logs.replay}
        </Button>
        <span className="quiet" title={text.logs.copyNote}>
          {text.logs.copyAs}
        </span>
        {(Object.entries(text.logs.copyNames) as [keyof typeof forms, string][]).map(([form, name]) => (
          <span key={form}>
            {name}
            <CopyButton what={name} value={forms[form](exchange)} />
          </span>
        ))}
      </div>
      {replaying && <ReplayDialog what={{ event: id, exchange }} onClose={() => setReplaying(false)} />}
    </>
  );
}
