import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Tooltip,
} from "@fluentui/react-components";
import { useState } from "react";
import { CopyButton } from "../../components/CopyButton";
import { useReturnFocus } from "../../hooks/useReturnFocus";
import { testids } from "../../testids";
import { text } from "../../text";

/** The only time a token is shown. Neither Escape nor a click beside it closes it; OK does, once the token is saved. */
export function TokenDialog({ token, onClose }: { token: string; onClose: () => void }) {
  useReturnFocus();
  const [copied, setCopied] = useState(false);
  const [failed, setFailed] = useState(false);
  const [ticked, setTicked] = useState(false);
  const saved = copied || ticked;
  const tried = (worked: boolean) => {
    setFailed(!worked);
    if (worked) setCopied(true);
  };

  const ok = (
    <Button appearance="primary" disabledFocusable={!saved} onClick={onClose} data-testid={testids.tokenOk}>
      {text.token.ok}
    </Button>
  );
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{text.token.created}</DialogTitle>
          <DialogContent className="stack">
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>
                <MessageBarTitle>{text.token.copyNow}</MessageBarTitle>
                {text.token.power}
              </MessageBarBody>
            </MessageBar>
            <Field {...(failed ? { validationMessage: text.common.notCopied, validationState: "warning" } : {})}>
              <Input
                readOnly
                autoFocus
                className="shown-token"
                aria-label={text.token.label}
                value={token}
                onFocus={({ currentTarget }) => currentTarget.select()}
                contentAfter={<CopyButton secret what={text.token.label} value={token} onTried={tried} />}
                data-testid={testids.tokenValue}
              />
            </Field>
            <Checkbox
              label={text.token.iHaveSaved}
              checked={ticked}
              onChange={(_, { checked }) => setTicked(checked === true)}
              data-testid={testids.tokenSaved}
            />
          </DialogContent>
          <DialogActions>
            {saved ? (
              ok
            ) : (
              <Tooltip content={text.token.okNeeds} relationship="description">
                {ok}
              </Tooltip>
            )}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
