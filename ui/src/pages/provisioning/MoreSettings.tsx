import { ChevronDown20Regular, ChevronRight20Regular } from "@fluentui/react-icons";
import { useId, useState } from "react";
import type { Settings } from "../../api/bindings";
import { testids } from "../../testids";
import { text } from "../../text";
import {
  DurabilitySetting,
  type Editing,
  ListenSetting,
  NumberSetting,
  PatchAnswerSetting,
  StrictSetting,
} from "./SettingFields";

const HERE: (keyof Settings)[] = [
  "guardRailAccounts",
  "guardRailPercent",
  "quietSeconds",
  "listen",
  "patchAnswer",
  "rateLimit",
  "strict",
  "durability",
  "logDays",
  "logEvents",
];

/** What most people leave as it is. Open while one of its fields is refused. */
export function MoreSettings(editing: Editing) {
  const [chosen, setOpen] = useState(false);
  const region = useId();
  const open = chosen || HERE.some((key) => key === editing.error?.field);

  return (
    <div className="card">
      <section>
        <div className="row">
          <button
            type="button"
            className="expander"
            aria-expanded={open}
            aria-controls={region}
            onClick={() => setOpen(!open)}
            data-testid={testids.moreSettingsToggle}
          >
            {open ? <ChevronDown20Regular aria-hidden /> : <ChevronRight20Regular aria-hidden />}
            {text.provisioning.more}
          </button>
          {!open && <span className="quiet">{text.provisioning.moreHint}</span>}
        </div>
        {open && (
          <div id={region} className="inset stack">
            <Groups {...editing} />
          </div>
        )}
      </section>
    </div>
  );
}

function Groups(editing: Editing) {
  const { accounts, percent, seconds, days, events } = text.provisioning;
  return (
    <>
      <div className="tight">
        <div className="numbers">
          <NumberSetting {...editing} name="guardRailAccounts" unit={accounts} mayBeEmpty />
          <NumberSetting {...editing} name="guardRailPercent" unit={percent} mayBeEmpty />
        </div>
        <p className="quiet">{text.provisioning.guardRailHint}</p>
      </div>
      <div className="numbers">
        <NumberSetting {...editing} name="quietSeconds" unit={seconds} hint={text.provisioning.quietHint} />
        <ListenSetting {...editing} hint={text.provisioning.listenHint} />
      </div>
      <div className="numbers">
        <PatchAnswerSetting {...editing} hint={text.provisioning.patchAnswerHint} />
        <NumberSetting
          {...editing}
          name="rateLimit"
          unit={text.provisioning.perSecond}
          hint={text.provisioning.rateLimitHint}
          mayBeEmpty
        />
      </div>
      <StrictSetting {...editing} hint={text.provisioning.strictHint} />
      <DurabilitySetting {...editing} hint={text.provisioning.durabilityHint} />
      <div className="tight">
        <div className="numbers">
          <NumberSetting {...editing} name="logDays" unit={days} />
          <NumberSetting {...editing} name="logEvents" unit={events} />
        </div>
        <p className="quiet">{text.provisioning.logHint}</p>
      </div>
    </>
  );
}
