import { Button, Radio, RadioGroup, Spinner } from "@fluentui/react-components";
import { CheckmarkCircle16Filled } from "@fluentui/react-icons";
import { type ReactNode, useState } from "react";
import { Link } from "wouter";
import type { RunRow, Status } from "../../api/bindings";
import { useSettings, useSettingsSave, useSyncStart } from "../../api/queries";
import { Refusal } from "../../components/Refusal";
import { path } from "../../routes";
import { useTokenIssuer } from "../../shell/TokenIssuer";
import { testids } from "../../testids";
import { type GuideId, text } from "../../text";
import { SyncOutcome } from "../provisioning/ForceSync";

const words = text.welcome;

function Station({ title, body, children }: { title: string; body: string; children: ReactNode }) {
  return (
    <div className="stack">
      <h2 className="strong">{title}</h2>
      <p>{body}</p>
      {children}
    </div>
  );
}

const Done = ({ sentence }: { sentence: string }) => (
  <p className="mark success" role="status">
    <CheckmarkCircle16Filled aria-hidden />
    {sentence}
  </p>
);

export function ServerStep({ status, done }: { status: Status; done: boolean }) {
  const { data: settings } = useSettings();
  const save = useSettingsSave();
  const turnOn = () => settings && save.mutate({ ...settings, enabled: true, service: "SCIM", testMode: true });
  return (
    <Station title={words.serverTitle} body={words.serverBody}>
      {status.server.state === "stopped" && <p className="mark danger wrapped">{text.statusBar.stopped(status.server.reason)}</p>}
      {done ? (
        <Done sentence={words.serverDone} />
      ) : (
        <div>
          <Button appearance="primary" disabledFocusable={!settings || save.isPending} onClick={turnOn} data-testid={testids.welcomeEnable}>
            {words.serverAct}
          </Button>
        </div>
      )}
      <Refusal error={save.error} />
    </Station>
  );
}

export function TokenStep({ done }: { done: boolean }) {
  const { busy, error, issue } = useTokenIssuer();
  return (
    <Station title={words.tokenTitle} body={words.tokenBody}>
      {done ? (
        <Done sentence={words.tokenDone} />
      ) : (
        <div>
          <Button appearance="primary" disabledFocusable={busy} onClick={() => void issue("tokenGenerate")} data-testid={testids.welcomeToken}>
            {text.token.generate}
          </Button>
        </div>
      )}
      <Refusal error={error} />
    </Station>
  );
}

export function ProviderStep({ done }: { done: boolean }) {
  const [guide, setGuide] = useState<GuideId | "practice">("practice");
  return (
    <Station title={words.providerTitle} body={words.providerBody}>
      <RadioGroup value={guide} onChange={(_, { value }) => setGuide(value as GuideId | "practice")} aria-label={words.providerTitle}>
        <Radio value="practice" label={words.practice} />
        {(Object.entries(words.providers) as [GuideId, string][]).map(([id, name]) => (
          <Radio key={id} value={id} label={name} />
        ))}
      </RadioGroup>
      <p>
        <Link className="link" href={guide === "practice" ? path.practice : path.guide(guide)}>
          {guide === "practice" ? words.openPractice : words.openGuide}
        </Link>
      </p>
      {done ? (
        <Done sentence={words.providerDone} />
      ) : (
        <div className="row quiet" role="status">
          <Spinner size="extra-tiny" />
          {words.waiting}
        </div>
      )}
    </Station>
  );
}

export function SyncStep({ status, syncs }: { status: Status; syncs: RunRow[] }) {
  const sync = useSyncStart();
  const newest = syncs.find(({ testMode }) => testMode);
  const busy = sync.isPending || status.running !== null;
  return (
    <Station title={words.syncTitle} body={status.testMode ? words.syncBody : words.live}>
      <div className="row">
        <Button
          appearance="primary"
          disabledFocusable={busy || !status.testMode}
          onClick={() => sync.mutate({ allowArchives: null })}
          data-testid={testids.welcomeSync}
        >
          {words.syncAct}
        </Button>
        {newest && !busy && (
          <Link className="link" href={path.report(newest.id)}>
            {words.openReport}
          </Link>
        )}
      </div>
      <SyncOutcome sync={sync} running={status.running} lastSync={status.lastSync} />
    </Station>
  );
}
