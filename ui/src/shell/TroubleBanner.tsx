import { MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useStatus } from "../api/queries";
import { testids } from "../testids";
import { text } from "../text";

/** On every page, for as long as nothing can be stored: the disk is full, perhaps. */
export function TroubleBanner() {
  const { data: status } = useStatus();
  if (!status?.trouble) return null;
  return (
    <MessageBar intent="error" layout="multiline" politeness="assertive" className="trouble" data-testid={testids.trouble}>
      <MessageBarBody>
        <MessageBarTitle>{text.data.trouble}</MessageBarTitle>
        {status.trouble} {text.data.troubleEnds}
      </MessageBarBody>
    </MessageBar>
  );
}
