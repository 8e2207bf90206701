import { Tab, TabList } from "@fluentui/react-components";
import { CheckmarkCircle20Filled, Circle20Regular } from "@fluentui/react-icons";
import { useId } from "react";
import type { Sender } from "../../api/bindings";
import { CopyField } from "../../components/CopyField";
import { useParam } from "../../hooks/useHash";
import { hasArrived } from "../../lib/senders";
import { testids } from "../../testids";
import { type GuideId, type GuideStep, type GuideValue, guides, number, text } from "../../text";

type Props = { senders: Sender[]; tenantUrl: string };

const isGuide = (word: string): word is GuideId => word in guides;

/** How to set up each kind of provider, with this console's own values. */
export function Guides({ senders, tenantUrl }: Props) {
  const [wanted, choose] = useParam("guide");
  const id = isGuide(wanted) ? wanted : "entra";
  const { note, steps } = guides[id];
  const panel = useId();
  return (
    <section className="card" aria-label={text.connection.guides}>
      <section className="stack">
        <div>
          <h2 className="strong">{text.connection.guides}</h2>
          <p className="quiet">{text.connection.guidesLead}</p>
        </div>
        <TabList selectedValue={id} onTabSelect={(_, { value }) => choose(String(value))} className="guide-tabs">
          {(Object.keys(guides) as GuideId[]).map((each) => (
            <Tab key={each} value={each} aria-controls={panel} data-testid={testids.tab(`guide-${each}`)}>
              {guides[each].title}
            </Tab>
          ))}
        </TabList>
        <div id={panel} role="tabpanel" aria-label={guides[id].title} className="stack">
          {note && <p className="quiet">{note}</p>}
          <ol className="guide">
            {steps.map((step, place) => (
              <Step
                key={step.title}
                step={step}
                place={place + 1}
                arrived={step.proof ? hasArrived(senders, id, step.proof) : null}
                tenantUrl={tenantUrl}
              />
            ))}
          </ol>
        </div>
      </section>
    </section>
  );
}

type StepProps = { step: GuideStep; place: number; arrived: boolean | null; tenantUrl: string };

function Step({ step: { title, body, values = [] }, place, arrived, tenantUrl }: StepProps) {
  return (
    <li className={arrived ? "arrived" : ""} data-testid={testids.guideStep}>
      {arrived ? <CheckmarkCircle20Filled className="good" aria-hidden /> : arrived === null ? <span className="place">{number(place)}</span> : <Circle20Regular aria-hidden />}
      <div className="tight">
        <strong>
          {title}
          {arrived !== null && <span className="quiet"> · {arrived ? text.connection.arrived : text.connection.waits}</span>}
        </strong>
        <p>{body}</p>
        {values.map((value) => (
          <Value key={value} value={value} tenantUrl={tenantUrl} />
        ))}
      </div>
    </li>
  );
}

function Value({ value, tenantUrl }: { value: GuideValue; tenantUrl: string }) {
  const base = tenantUrl.replace(/\/$/, "");
  const { connection, provisioning } = text;
  switch (value) {
    case "tenantUrl":
      return <CopyField label={provisioning.tenantUrl} value={tenantUrl} />;
    case "switchedUrl":
      return <CopyField label={connection.switched} value={`${tenantUrl}?aadOptscim062020`} />;
    case "baseUrl":
      return <CopyField label={connection.base} value={base} />;
    case "header":
      return <CopyField label={connection.header} value="Authorization: Bearer TOKEN" />;
    case "token":
      return <p className="quiet">{connection.secret}</p>;
  }
}
