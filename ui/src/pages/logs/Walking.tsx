import { Button, ProgressBar } from "@fluentui/react-components";
import { testids } from "../../testids";
import { text } from "../../text";
import { cancelWalk, useWalked } from "./useWalk";

/** A walk through the log that takes a while: what it is, how far it has come, and the way to break it off. */
export function Walking({ what }: { what: string }) {
  const walked = useWalked(true);
  const told = walked && walked.of > 0 ? text.logs.walked(walked.looked, walked.of) : "";
  return (
    <div className="syncing">
      <div className="row">
        <strong role="status">{what}</strong>
        <span className="quiet">{told}</span>
        <Button size="small" onClick={cancelWalk} data-testid={testids.walkCancel}>
          {text.logs.stop}
        </Button>
      </div>
      <ProgressBar
        thickness="large"
        aria-label={what}
        {...(walked && walked.of > 0 ? { value: walked.looked, max: walked.of } : {})}
      />
    </div>
  );
}
