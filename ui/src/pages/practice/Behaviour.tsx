import { Field, MessageBar, MessageBarBody, MessageBarTitle, ProgressBar, Select } from "@fluentui/react-components";
import type { PracticeState } from "../../api/bindings";
import { usePracticeAct } from "../../api/practice";
import { Refusal } from "../../components/Refusal";
import { testids } from "../../testids";
import { text } from "../../text";

const words = text.practice;

/** Which provider it behaves like, whom it sends, and how close it is to its quarantine. */
export function Behaviour({ state }: { state: PracticeState }) {
  const configure = usePracticeAct("practiceConfigure");
  const { persona, everybody } = state;
  return (
    <>
      {state.quarantine && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{words.quarantine}</MessageBarTitle>
            {state.quarantine}
          </MessageBarBody>
        </MessageBar>
      )}
      <div className="behaviour">
        <Field label={words.behaves}>
          <Select value={persona} onChange={(_, { value }) => configure.mutate({ persona: value, everybody })} data-testid={testids.practicePersona}>
            {state.personas.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={words.scope}>
          <Select
            value={everybody ? "everybody" : "assigned"}
            onChange={(_, { value }) => configure.mutate({ persona, everybody: value === "everybody" })}
            data-testid={testids.practiceScope}
          >
            <option value="assigned">{words.scopes.assigned}</option>
            <option value="everybody">{words.scopes.everybody}</option>
          </Select>
        </Field>
        <Field label={words.gaugeLabel} hint={words.gauge(state)} className="gauge">
          <ProgressBar
            thickness="large"
            value={state.failingPercent}
            max={100}
            color={state.quarantine ? "error" : state.failingPercent > 20 ? "warning" : "brand"}
            aria-label={words.gaugeLabel}
          />
        </Field>
      </div>
      <Refusal error={configure.error} />
    </>
  );
}
