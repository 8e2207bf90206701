import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { Dismiss20Regular } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import { text } from "../text";

type Props = { intent: "success" | "error"; title: ReactNode; children?: ReactNode; testid: string; onDismiss: () => void };

/** What an action came to. It stays until it is dismissed. */
export function Outcome({ intent, title, children, testid, onDismiss }: Props) {
  return (
    <MessageBar intent={intent} layout="multiline" data-testid={testid}>
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle>
        {children}
      </MessageBarBody>
      <MessageBarActions
        containerAction={
          <Button
            appearance="transparent"
            size="small"
            icon={<Dismiss20Regular />}
            aria-label={text.common.close}
            onClick={onDismiss}
          />
        }
      />
    </MessageBar>
  );
}
