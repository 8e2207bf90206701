// The three choices that decide what a sync does.

import { Switch } from "@fluentui/react-components";
import { Info16Regular } from "@fluentui/react-icons";
import { type ReactNode, useId } from "react";
import type { Service } from "../../api/bindings";
import { testids } from "../../testids";
import { text } from "../../text";

type SwitchProps = { value: boolean; onChange: (value: boolean) => void };

export function EnableSetting({ value, onChange }: SwitchProps) {
  const [title, hint] = [useId(), useId()];
  return (
    <section className="setting">
      <div>
        <h2 id={title}>{text.provisioning.enable}</h2>
        <p className="quiet" id={hint}>
          {text.provisioning.enableHint} {!value && text.provisioning.enableMore}
        </p>
      </div>
      <Switch
        aria-labelledby={title}
        aria-describedby={hint}
        checked={value}
        onChange={(_, { checked }) => onChange(checked)}
        data-testid={testids.switchEnabled}
      />
    </section>
  );
}

type ServiceProps = { value: Service; onChange: (service: Service) => void; children: ReactNode };

/** ADI | SCIM: two radio buttons, so the arrow keys choose. */
export function ServiceSetting({ value, onChange, children }: ServiceProps) {
  const segment = (service: Service, testid: string) => (
    <label>
      <input
        type="radio"
        name="service"
        value={service}
        checked={value === service}
        onChange={() => onChange(service)}
        data-testid={testid}
      />
      {service}
    </label>
  );
  return (
    <section className="stack">
      <div role="radiogroup" aria-label={text.provisioning.service}>
        <div className="segments">
          {segment("ADI", testids.serviceAdi)}
          {segment("SCIM", testids.serviceScim)}
        </div>
      </div>
      {children}
    </section>
  );
}

export function AdiPanel() {
  return <Note sentence={text.provisioning.adiLater} />;
}

export function TestModeSetting({ value, fromAdi, onChange }: SwitchProps & { fromAdi: boolean }) {
  const [title, hint] = [useId(), useId()];
  return (
    <section className="setting">
      <div className="tight">
        <h2 id={title}>{text.provisioning.testMode}</h2>
        <p className="quiet" id={hint}>
          {text.provisioning.testModeHint}
        </p>
        {fromAdi && <Note sentence={text.provisioning.scimTurnsTestModeOn} />}
      </div>
      <Switch
        aria-labelledby={title}
        aria-describedby={hint}
        checked={value}
        disabled={fromAdi}
        onChange={(_, { checked }) => onChange(checked)}
        data-testid={testids.switchTestMode}
      />
    </section>
  );
}

function Note({ sentence }: { sentence: string }) {
  return (
    <p className="note" role="note">
      <Info16Regular aria-hidden />
      {sentence}
    </p>
  );
}
