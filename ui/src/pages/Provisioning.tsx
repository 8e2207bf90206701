import { MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useCallback, useEffect, useState } from "react";
import { useLocation } from "wouter";
import type { Settings } from "../api/bindings";
import type { CommandError } from "../api/client";
import { useSettings, useSettingsSave, useStatus } from "../api/queries";
import { Page } from "../components/Page";
import { SaveBar } from "../components/SaveBar";
import { Answer } from "../components/States";
import { type Draft, useDraft } from "../hooks/useDraft";
import { guardLeaving, useParam } from "../hooks/useHash";
import { settingLabel, text } from "../text";
import { DataBlock } from "./provisioning/DataBlock";
import { AdiPanel, EnableSetting, ServiceSetting, TestModeSetting } from "./provisioning/Switches";
import { LeaveDialog } from "./provisioning/LeaveDialog";
import { MoreSettings } from "./provisioning/MoreSettings";
import { ScimSettings } from "./provisioning/ScimSettings";
import { TestModeBanner } from "./provisioning/TestModeBanner";
import { TurnOffTestMode } from "./provisioning/TurnOffTestMode";

/** What the page asks before it goes on. */
type Asking = { about: "nothing" } | { about: "turningTestModeOff" } | { about: "leaving"; to: string };

/** The settings: a draft until Save Changes. The token and the sync act at once and never wait for it. */
export function Provisioning() {
  const settings = useSettings();
  const save = useSettingsSave();
  const draft = useDraft(settings.data);
  const [asking, setAsking] = useState<Asking>({ about: "nothing" });
  const [, navigate] = useLocation();
  const labels = draft.dirty.map((key) => settingLabel[key]);
  const isDirty = labels.length > 0;

  useWantedTestMode(draft);
  useEffect(() => {
    guardLeaving(isDirty ? (to) => setAsking({ about: "leaving", to }) : null);
    return () => guardLeaving(null);
  }, [isDirty]);

  const { mutate, reset } = save;
  const { value, discard } = draft;
  const store = useCallback(() => {
    if (!value) return;
    mutate(value, { onSuccess: discard, onSettled: () => setAsking({ about: "nothing" }) });
  }, [value, discard, mutate]);

  const turnsTestModeOff = settings.data?.testMode === true && value?.testMode === false;
  const onSave = useCallback(
    () => (turnsTestModeOff ? setAsking({ about: "turningTestModeOff" }) : store()),
    [turnsTestModeOff, store],
  );
  const onDiscard = () => {
    discard();
    reset();
  };
  const leave = (to: string) => {
    guardLeaving(null);
    navigate(to);
  };

  return (
    <Page
      title={text.provisioning.title}
      footer={<SaveBar labels={labels} saving={save.isPending} onSave={onSave} onDiscard={onDiscard} />}
    >
      <span className="sr" aria-live="polite">
        {save.isSuccess && !isDirty ? text.saveBar.saved : ""}
      </span>
      <Answer query={settings} rows={5}>
        {(saved) => <Form saved={saved} draft={draft} error={save.error} />}
      </Answer>
      {asking.about === "turningTestModeOff" && value && (
        <TurnOffTestMode
          draft={value}
          saving={save.isPending}
          onConfirm={store}
          onCancel={() => setAsking({ about: "nothing" })}
        />
      )}
      {asking.about === "leaving" && (
        <LeaveDialog labels={labels} onLeave={() => leave(asking.to)} onStay={() => setAsking({ about: "nothing" })} />
      )}
    </Page>
  );
}

type FormProps = { saved: Settings; draft: Draft<Settings>; error: CommandError | null };

function Form({ saved, draft, error }: FormProps) {
  const { data: status } = useStatus();
  const { edit } = draft;
  const value = draft.value ?? saved;
  const fromAdi = saved.service === "ADI" && value.service === "SCIM";

  return (
    <div className="form">
      {saved.testMode && saved.enabled && <TestModeBanner newest={status?.lastSync ?? null} />}
      {error && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{text.provisioning.notSaved}</MessageBarTitle>
            {error.message} {error.hint}
          </MessageBarBody>
        </MessageBar>
      )}
      <div className="card">
        <EnableSetting value={value.enabled} onChange={(enabled) => edit({ enabled })} />
        {value.enabled && (
          <ServiceSetting
            value={value.service}
            onChange={(service) =>
              edit(
                service === "SCIM" && saved.service === "ADI"
                  ? { service, testMode: true }
                  : { service, testMode: saved.testMode },
              )
            }
          >
            {value.service === "ADI" ? (
              <AdiPanel />
            ) : (
              <ScimSettings
                tenantUrl={status?.tenantUrl ?? ""}
                running={status?.running ?? null}
                lastSync={status?.lastSync ?? null}
              />
            )}
          </ServiceSetting>
        )}
        {value.enabled && value.service === "SCIM" && (
          <TestModeSetting value={value.testMode} fromAdi={fromAdi} onChange={(testMode) => edit({ testMode })} />
        )}
      </div>
      <MoreSettings value={value} error={error} onEdit={edit} />
      <DataBlock />
    </div>
  );
}

/** `#/provisioning?testMode=off` comes from a report: the switch is thrown in the draft, not in the console. */
function useWantedTestMode({ value, edit }: Draft<Settings>): void {
  const [wanted, setWanted] = useParam("testMode");
  const ready = value !== undefined;
  useEffect(() => {
    if (!ready || wanted !== "off") return;
    edit({ testMode: false });
    setWanted(null);
  }, [ready, wanted, edit, setWanted]);
}
