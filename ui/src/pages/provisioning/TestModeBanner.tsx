import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useLocation } from "wouter";
import type { RunRow } from "../../api/bindings";
import { useMedia } from "../../hooks/useMedia";
import { path } from "../../routes";
import { testids } from "../../testids";
import { text } from "../../text";

/** Says that nothing is touched, and leads to what would be. */
export function TestModeBanner({ newest }: { newest: RunRow | null }) {
  const [, navigate] = useLocation();
  const tight = useMedia("(width < 960px)");
  return (
    <MessageBar intent="warning" layout={tight || !newest ? "multiline" : "singleline"}>
      <MessageBarBody>
        <MessageBarTitle>{text.provisioning.testModeOn}</MessageBarTitle>
        {text.provisioning.testModeExplained} {!newest && text.provisioning.noReportYet}
      </MessageBarBody>
      {newest && (
        <MessageBarActions>
          <Button size="small" onClick={() => navigate(path.report(newest.id))} data-testid={testids.viewLatestReport}>
            {text.provisioning.viewLatestReport}
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
