import { Button, Field, Input, MessageBar, MessageBarBody } from "@fluentui/react-components";
import { useState } from "react";
import { useTokenCheck } from "../../api/queries";
import { Sheet } from "../../components/Sheet";
import { testids } from "../../testids";
import { text } from "../../text";

/** Compares what somebody has with the token in force: the one before, one cut short, or something else. */
export function CheckToken({ onClose }: { onClose: () => void }) {
  const [token, setToken] = useState("");
  const check = useTokenCheck();
  const verdict = check.data;
  return (
    <Sheet title={text.connection.checkTitle} lead={text.connection.checkLead} onClose={onClose}>
      <form
        className="row ask"
        onSubmit={(event) => {
          event.preventDefault();
          if (token.trim() !== "" && !check.isPending) check.mutate({ token });
        }}
      >
        <Field label={text.connection.checkField}>
          <Input
            type="password"
            autoComplete="off"
            spellCheck={false}
            value={token}
            onChange={(_, { value }) => {
              setToken(value);
              check.reset();
            }}
            data-testid={testids.checkTokenInput}
          />
        </Field>
        <Button type="submit" appearance="primary" disabledFocusable={token.trim() === "" || check.isPending} data-testid={testids.checkTokenAct}>
          {text.connection.checkAct}
        </Button>
      </form>
      <div role="status" data-testid={testids.checkTokenVerdict}>
        {(verdict ?? check.error) && (
          <MessageBar intent={verdict?.works ? "success" : "error"} layout="multiline">
            <MessageBarBody>{verdict?.sentence ?? check.error?.message}</MessageBarBody>
          </MessageBar>
        )}
      </div>
    </Sheet>
  );
}
