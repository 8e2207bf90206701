import { Button, Field, Input, MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useState } from "react";
import type { Verified } from "../../api/bindings";
import { call } from "../../api/client";
import { CopyButton } from "../../components/CopyButton";
import { testids } from "../../testids";
import { text } from "../../text";
import { Sheet } from "./LogSheet";
import { useWalk } from "./useWalk";
import { Walking } from "./Walking";

/** Whether any event was altered or removed since it was stored. */
export function VerifyDialog({ onClose }: { onClose: () => void }) {
  const [head, setHead] = useState("");
  const walk = useWalk((asked: string) => call("logsVerify", { head: asked }));
  return (
    <Sheet
      title={text.logs.verifyTitle}
      busy={walk.isPending}
      onClose={onClose}
      action={
        <Button
          appearance="primary"
          disabledFocusable={walk.isPending}
          onClick={() => walk.mutate(head.trim())}
          data-testid={testids.logExportGo}
        >
          {text.logs.verifyGo}
        </Button>
      }
    >
      <p>{text.logs.verifyLead}</p>
      <Field
        label={text.logs.head}
        hint={text.logs.headHint}
        {...(walk.error ? { validationMessage: walk.error.message, validationState: "error" as const } : {})}
      >
        <Input className="mono" value={head} onChange={(_, { value }) => setHead(value)} />
      </Field>
      {walk.isPending && <Walking what={text.logs.walking.verify} />}
      {walk.data && <Found verified={walk.data} />}
      {walk.data === null && <p role="status">{text.logs.cancelled}</p>}
    </Sheet>
  );
}

function Found({ verified }: { verified: Verified }) {
  const { whole, events, findings, more, unchained, through, head } = verified;
  return (
    <MessageBar intent={whole ? "success" : "error"} layout="multiline" data-testid={testids.logVerified}>
      <MessageBarBody>
        <MessageBarTitle>{whole ? text.logs.whole(events) : text.logs.notWhole}</MessageBarTitle>
        <ul>
          {findings.map((finding) => (
            <li key={finding}>{finding}</li>
          ))}
          {more > 0 && <li>{text.logs.moreFindings(more)}</li>}
        </ul>
        {unchained > 0 && <p>{text.logs.unchained(unchained)}</p>}
        <p>{text.logs.through(through)}</p>
        {head && (
          <div className="head">
            {text.logs.headNow} <CopyButton what={text.logs.headNow} value={head} />
            <div className="mono">{head}</div>
            <span className="quiet">{text.logs.headNote}</span>
          </div>
        )}
      </MessageBarBody>
    </MessageBar>
  );
}
