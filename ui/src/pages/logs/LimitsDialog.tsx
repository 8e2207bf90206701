import { Button, Checkbox, Field, MessageBar, MessageBarBody } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Settings } from "../../api/bindings";
import { call } from "../../api/client";
import { useSettings, useSettingsSave } from "../../api/queries";
import { CopyButton } from "../../components/CopyButton";
import { NumberInput } from "../../components/NumberInput";
import { Answer } from "../../components/States";
import { useSettled } from "../../hooks/useLater";
import { testids } from "../../testids";
import { text } from "../../text";
import { Sheet } from "./LogSheet";

/** What the log keeps and for how long, and what the administrator is told at once. */
export function LimitsDialog({ onClose }: { onClose: () => void }) {
  const settings = useSettings();
  const [edited, setEdited] = useState<Partial<Settings>>({});
  const save = useSettingsSave();
  const draft = settings.data && { ...settings.data, ...edited };
  const set = (change: Partial<Settings>) => setEdited({ ...edited, ...change });
  return (
    <Sheet
      title={text.logs.limitsTitle}
      onClose={onClose}
      busy={save.isPending}
      action={
        <Button
          appearance="primary"
          disabledFocusable={save.isPending || Object.keys(edited).length === 0}
          onClick={() => draft && save.mutate(draft, { onSuccess: onClose })}
          data-testid={testids.logExportGo}
        >
          {text.logs.saveLimits}
        </Button>
      }
    >
      <Answer query={settings}>{() => draft && <Fields draft={draft} set={set} />}</Answer>
      {save.error && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{save.error.message}</MessageBarBody>
        </MessageBar>
      )}
    </Sheet>
  );
}

type FieldsProps = { draft: Settings; set: (change: Partial<Settings>) => void };

function Fields({ draft, set }: FieldsProps) {
  const check = (key: "captureBodies" | "alertSyncs" | "alertSilence" | "alertRejections", label: string) => (
    <Checkbox label={label} checked={draft[key]} onChange={(_, { checked }) => set({ [key]: checked === true })} />
  );
  const count = (key: "logDays" | "logEvents", label: string, unit: string) => (
    <Field label={label}>
      <NumberInput unit={unit} value={draft[key]} onChange={(value) => set({ [key]: value ?? draft[key] })} />
    </Field>
  );
  return (
    <>
      <Field hint={text.logs.captureHint}>{check("captureBodies", text.logs.capture)}</Field>
      <div className="row">
        {count("logDays", text.logs.keepDays, text.logs.keepUnits.days)}
        {count("logEvents", text.logs.keepEvents, text.logs.keepUnits.events)}
      </div>
      <Removes logDays={draft.logDays} logEvents={draft.logEvents} />
      <fieldset className="choices">
        <legend>{text.logs.alerts}</legend>
        {check("alertSyncs", text.logs.alertSyncs)}
        {check("alertSilence", text.logs.alertSilence)}
        {check("alertRejections", text.logs.alertRejections)}
      </fieldset>
      <DiagnosticsAt />
    </>
  );
}

/** What the limits would remove, once they stand still. */
function Removes(limits: { logDays: number; logEvents: number }) {
  const settled = useSettled(JSON.stringify(limits), 300);
  const kept = useQuery({
    queryKey: ["logsRetention", settled],
    queryFn: () => call("logsRetention", JSON.parse(settled) as typeof limits),
    gcTime: 0,
  });
  if (!kept.data) return null;
  const { stored, oldest, removes, oldestLeft } = kept.data;
  return (
    <p role="status">
      {text.logs.kept(stored, oldest)} {text.logs.removes(removes, oldestLeft)}
    </p>
  );
}

function DiagnosticsAt() {
  const diagnostics = useQuery({ queryKey: ["diagnosticsGet"], queryFn: () => call("diagnosticsGet"), gcTime: 0 });
  if (!diagnostics.data) return null;
  const { folder, bytes, level } = diagnostics.data;
  return (
    <section>
      <h3>{text.logs.diagnostics}</h3>
      <p className="wrapped">
        {text.logs.diagnosticsAt(folder, text.logs.kilobytes(bytes))} <CopyButton what={text.logs.diagnostics} value={folder} />
      </p>
      <p className="quiet">{text.logs.diagnosticsLevel(level)}</p>
    </section>
  );
}
