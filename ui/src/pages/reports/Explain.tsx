import { Button, Field, Input } from "@fluentui/react-components";
import { useState } from "react";
import { Link } from "wouter";
import { useExplanation } from "../../api/queries";
import { Sheet } from "../../components/Sheet";
import { Answer } from "../../components/States";
import { path } from "../../routes";
import { testids } from "../../testids";
import { text } from "../../text";

/** Give an address, get the answer in one paragraph. */
export function Explain({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  const answer = useExplanation(asked);
  return (
    <Sheet title={text.whyNot.title} onClose={onClose}>
      <form
        className="row ask"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(typed.trim());
        }}
      >
        <Field label={text.whyNot.address}>
          <Input
            autoFocus
            spellCheck={false}
            autoComplete="off"
            placeholder={text.whyNot.example}
            value={typed}
            onChange={(_, { value }) => setTyped(value)}
            data-testid={testids.whyNotAddress}
          />
        </Field>
        <Button type="submit" appearance="primary" disabledFocusable={!typed.trim()} data-testid={testids.whyNotAsk}>
          {text.whyNot.ask}
        </Button>
      </form>
      <div aria-live="polite" className="stack">
        {asked && (
          <Answer query={answer} rows={3}>
            {({ paragraph, account, user }) => (
              <>
                <p data-testid={testids.whyNotAnswer}>{paragraph}</p>
                <p className="row">
                  {account && (
                    <Link className="link" href={path.account(account)}>
                      {text.whyNot.account}
                    </Link>
                  )}
                  {user && (
                    <Link className="link" href={path.user(user)}>
                      {text.whyNot.user}
                    </Link>
                  )}
                </p>
              </>
            )}
          </Answer>
        )}
      </div>
    </Sheet>
  );
}
