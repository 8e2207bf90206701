import { Button, Field, Input } from "@fluentui/react-components";
import { useState } from "react";
import { usePracticeAct } from "../../api/practice";
import { useToken } from "../../api/queries";
import { Refusal } from "../../components/Refusal";
import { useTokenIssuer } from "../../shell/TokenIssuer";
import { testids } from "../../testids";
import { text } from "../../text";

const words = text.practice;

/** The token is pasted here as into any provider: this app itself does not know it any more. */
export function Connect() {
  const { data: token } = useToken();
  const { busy, issue } = useTokenIssuer();
  const connect = usePracticeAct("practiceConnect");
  const [typed, setTyped] = useState("");
  return (
    <section className="card padded stack" aria-label={words.connectTitle}>
      <div>
        <h2 className="strong">{words.connectTitle}</h2>
        <p className="quiet">{token?.state === "active" ? words.connectBody : words.noToken}</p>
      </div>
      {token && token.state !== "active" ? (
        <div>
          <Button disabledFocusable={busy} onClick={() => void issue("tokenGenerate")} data-testid={testids.practiceToken}>
            {words.generate}
          </Button>
        </div>
      ) : (
        <form
          className="row ask narrow"
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim() !== "" && !connect.isPending) connect.mutate({ token: typed });
          }}
        >
          <Field label={words.token}>
            <Input
              type="password"
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={(_, { value }) => setTyped(value)}
              data-testid={testids.practiceTokenInput}
            />
          </Field>
          <Button type="submit" appearance="primary" disabledFocusable={typed.trim() === "" || connect.isPending} data-testid={testids.practiceConnect}>
            {words.connect}
          </Button>
        </form>
      )}
      <Refusal error={connect.error} />
    </section>
  );
}
