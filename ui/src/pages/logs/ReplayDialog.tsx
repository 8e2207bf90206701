import { Button, Field, Input, Select, Textarea } from "@fluentui/react-components";
import { useState } from "react";
import type { Exchange, ReplayRequest } from "../../api/bindings";
import { call } from "../../api/client";
import { testids } from "../../testids";
import { text } from "../../text";
import { Sheet } from "./LogSheet";
import { Replayed } from "./Replayed";
import { useMasked } from "./useMasked";
import { useWalk } from "./useWalk";
import { Walking } from "./Walking";

/** One request with its exchange, a person's history, or what led to a sync. */
export type What = { event: number; exchange: Exchange } | { person: string; name: string } | { sync: number };

const nothing = { event: null, person: null, sync: null, method: null, path: null, body: null };

/** Sends requests again to a copy, edited if wanted, and shows what is different. */
export function ReplayDialog({ what, onClose }: { what: What; onClose: () => void }) {
  const masked = useMasked();
  const sent = "exchange" in what ? what.exchange : null;
  const [edit, setEdit] = useState({ method: sent?.method ?? "", path: sent?.path ?? "", body: sent?.requestBody ?? "" });
  const walk = useWalk((request: ReplayRequest) => call("logsReplay", request));
  return (
    <Sheet
      title={text.logs.replayTitle}
      onClose={onClose}
      busy={walk.isPending}
      wide
      action={
        <Button
          appearance="primary"
          disabledFocusable={walk.isPending}
          onClick={() => walk.mutate({ ...asked(what, edit), masked })}
          data-testid={testids.logReplayGo}
        >
          {walk.data ? text.logs.replayAgain : text.logs.replayGo}
        </Button>
      }
    >
      <p>{text.logs.replayLead}</p>
      {"name" in what && <p>{text.logs.replayPersonLead(what.name)}</p>}
      {"sync" in what && <p>{text.logs.replaySyncLead(what.sync)}</p>}
      {sent && <Edit edit={edit} onEdit={setEdit} />}
      {walk.isPending && <Walking what={text.logs.walking.replay} />}
      {walk.error && <p role="alert">{walk.error.message}</p>}
      {walk.data && <Replayed replay={walk.data} />}
    </Sheet>
  );
}

type Edited = { method: string; path: string; body: string };

/** What was not touched goes as it was stored, byte by byte. */
function asked(what: What, edit: Edited): Omit<ReplayRequest, "masked"> {
  if ("name" in what) return { ...nothing, person: what.person };
  if ("sync" in what) return { ...nothing, sync: what.sync };
  const { method, path, requestBody } = what.exchange;
  return {
    ...nothing,
    event: what.event,
    method: edit.method === method ? null : edit.method,
    path: edit.path === path ? null : edit.path,
    body: edit.body === (requestBody ?? "") ? null : edit.body,
  };
}

function Edit({ edit, onEdit }: { edit: Edited; onEdit: (edit: Edited) => void }) {
  const rows = Math.min(16, Math.max(3, edit.body.split("\n").length));
  return (
    <div className="edit">
      <div className="row">
        <Field label={text.logs.method}>
          <Select value={edit.method} onChange={(_, { value }) => onEdit({ ...edit, method: value })}>
            {[...new Set([edit.method, ...text.logs.values.method])].map((method) => (
              <option key={method}>{method}</option>
            ))}
          </Select>
        </Field>
        <Field className="wide" label={text.logs.path}>
          <Input className="mono" value={edit.path} onChange={(_, { value }) => onEdit({ ...edit, path: value })} />
        </Field>
      </div>
      <Field label={text.logs.body}>
        <Textarea
          className="mono"
          value={edit.body}
          rows={rows}
          spellCheck={false}
          onChange={(_, { value }) => onEdit({ ...edit, body: value })}
          data-testid={testids.logReplayBody}
        />
      </Field>
    </div>
  );
}
