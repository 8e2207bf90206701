import { Field, Input } from "@fluentui/react-components";
import { ChevronDown20Regular, ChevronRight20Regular } from "@fluentui/react-icons";
import { type ReactNode, useId, useState } from "react";
import type { Settings } from "../../api/bindings";
import type { CommandError } from "../../api/client";
import { NumberInput } from "../../components/NumberInput";
import { testids } from "../../testids";
import { settingLabel, text } from "../../text";

type Props = { value: Settings; error: CommandError | null; onEdit: (edits: Partial<Settings>) => void };

const HERE: (keyof Settings)[] = ["guardRailAccounts", "guardRailPercent", "quietSeconds", "listen", "logDays", "logEvents"];

/** What most people leave as it is. Opens by itself when one of its fields was refused. */
export function MoreSettings({ value, error, onEdit }: Props) {
  const [chosen, setOpen] = useState(false);
  const region = useId();
  const refused = HERE.find((key) => key === error?.field);
  const open = chosen || refused !== undefined;

  const field = (key: keyof Settings, input: ReactNode, hint?: string) => (
    <Field
      label={settingLabel[key]}
      {...(hint ? { hint } : {})}
      {...(refused === key && error ? { validationMessage: error.message, validationState: "error" as const } : {})}
    >
      {input as never}
    </Field>
  );

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
            <div className="tight">
              <div className="numbers">
                {field(
                  "guardRailAccounts",
                  <NumberInput
                    name="guardRailAccounts"
                    unit={text.provisioning.accounts}
                    value={value.guardRailAccounts}
                    onChange={(guardRailAccounts) => onEdit({ guardRailAccounts })}
                    mayBeEmpty
                  />,
                )}
                {field(
                  "guardRailPercent",
                  <NumberInput
                    name="guardRailPercent"
                    unit={text.provisioning.percent}
                    value={value.guardRailPercent}
                    onChange={(guardRailPercent) => onEdit({ guardRailPercent })}
                    mayBeEmpty
                  />,
                )}
              </div>
              <p className="quiet">{text.provisioning.guardRailHint}</p>
            </div>
            <div className="numbers">
              {field(
                "quietSeconds",
                <NumberInput
                  name="quietSeconds"
                  unit={text.provisioning.seconds}
                  value={value.quietSeconds}
                  onChange={(quietSeconds) => onEdit({ quietSeconds })}
                />,
                text.provisioning.quietHint,
              )}
              {field(
                "listen",
                <Input
                  className="shown-token"
                  value={value.listen}
                  spellCheck={false}
                  onChange={(_, data) => onEdit({ listen: data.value })}
                  data-testid={testids.field("listen")}
                />,
                text.provisioning.listenHint,
              )}
            </div>
            <div className="tight">
              <div className="numbers">
                {field(
                  "logDays",
                  <NumberInput
                    name="logDays"
                    unit={text.provisioning.days}
                    value={value.logDays}
                    onChange={(logDays) => onEdit({ logDays })}
                  />,
                )}
                {field(
                  "logEvents",
                  <NumberInput
                    name="logEvents"
                    unit={text.provisioning.events}
                    value={value.logEvents}
                    onChange={(logEvents) => onEdit({ logEvents })}
                  />,
                )}
              </div>
              <p className="quiet">{text.provisioning.logHint}</p>
            </div>
          </div>
        )}
      </section>
    </div>
  );
}
