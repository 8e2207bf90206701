import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  mergeClasses,
  MessageBar,
  MessageBarBody,
  tokens,
} from "@fluentui/react-components";
import { type ReactNode, useState } from "react";
import type { CommandError } from "../api/client";
import { useReturnFocus } from "../hooks/useReturnFocus";
import { testids } from "../testids";
import { text } from "../text";
import { Rich } from "./Rich";

const useStyles = makeStyles({
  danger: {
    backgroundColor: tokens.colorStatusDangerBackground3,
    color: tokens.colorNeutralForegroundOnBrand,
    ":hover": { backgroundColor: tokens.colorStatusDangerBackground3Hover },
    ":hover:active": { backgroundColor: tokens.colorStatusDangerBackground3Pressed },
  },
});

type Props = {
  /** A question about the outcome. */
  title: string;
  /** The verb of the button. */
  confirm: string;
  /** Cuts something off: the only red button. */
  danger?: boolean;
  /** A word to type first. */
  word?: string;
  busy?: boolean;
  error?: CommandError | null;
  cancel?: string;
  /** Another way out, left of the buttons. */
  other?: ReactNode;
  onConfirm: () => void;
  onCancel: () => void;
  children: ReactNode;
};

/** The one confirmation of the app. Focus starts on Cancel, or in the field when a word is asked for. */
export function Confirm(props: Props) {
  const { title, confirm, danger, word, busy, error, cancel = text.common.cancel, other, onConfirm, onCancel, children } = props;
  useReturnFocus();
  const styles = useStyles();
  const [typed, setTyped] = useState("");
  const ready = !busy && (!word || typed.trim().toLowerCase() === word);

  return (
    <Dialog open modalType={word ? "alert" : "modal"} onOpenChange={(_, { open }) => open || onCancel()}>
      <DialogSurface>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) onConfirm();
          }}
        >
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent className="stack">
              {children}
              {word && (
                <Field label={<Rich parts={text.common.typeToContinue(word)} />}>
                  <Input
                    autoFocus
                    autoComplete="off"
                    spellCheck={false}
                    value={typed}
                    onChange={(_, { value }) => setTyped(value)}
                    data-testid={testids.confirmInput}
                  />
                </Field>
              )}
              {error && (
                <MessageBar intent="error" layout="multiline">
                  <MessageBarBody className="lines">{error.message}</MessageBarBody>
                </MessageBar>
              )}
            </DialogContent>
            <DialogActions fluid>
              {other}
              <Button className="end" autoFocus={!word} onClick={onCancel} data-testid={testids.confirmCancel}>
                {cancel}
              </Button>
              <Button
                type="submit"
                appearance="primary"
                disabled={!ready}
                className={mergeClasses(danger && ready && styles.danger)}
                data-testid={testids.confirmOk}
              >
                {confirm}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
