import { MessageBar, MessageBarBody } from "@fluentui/react-components";
import type { CommandError } from "../api/client";

/** Why an action that acts at once was not done; nothing while there is no reason. */
export function Refusal({ error }: { error: CommandError | null }) {
  if (!error) return null;
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody className="lines">{error.message}</MessageBarBody>
    </MessageBar>
  );
}
