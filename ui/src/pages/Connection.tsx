import { Button } from "@fluentui/react-components";
import { PlugConnectedCheckmark20Regular } from "@fluentui/react-icons";
import { useEffect } from "react";
import { useConnectionTest, useSenders, useStatus, useToken } from "../api/queries";
import { Page } from "../components/Page";
import { Answer } from "../components/States";
import { useParam } from "../hooks/useHash";
import { testids } from "../testids";
import { text } from "../text";
import { Guides } from "./connection/Guides";
import { Reach, TryIt } from "./connection/Reach";
import { Seen } from "./connection/Seen";
import { Server } from "./connection/Server";
import { TestResult } from "./connection/TestResult";

/** The server, its test, who has called, and how to set up an identity provider. */
export function Connection() {
  const status = useStatus();
  const token = useToken();
  const senders = useSenders();
  const test = useConnectionTest();
  useWantedTest(test.mutate);
  return (
    <Page
      title={text.pages.connection}
      meta={text.connection.lead}
      commands={
        <Button
          appearance="primary"
          icon={<PlugConnectedCheckmark20Regular />}
          disabledFocusable={test.isPending}
          onClick={() => test.mutate(null)}
          data-testid={testids.connectionTest}
        >
          {text.connection.test}
        </Button>
      }
    >
      <div className="form">
        <TestResult test={test} />
        <Answer query={status} rows={3}>
          {(now) => (
            <>
              <Server status={now} token={token.data} />
              <Answer query={senders} rows={3}>
                {({ rows }) => (
                  <>
                    <Seen senders={rows} />
                    <Guides senders={rows} tenantUrl={now.tenantUrl} />
                  </>
                )}
              </Answer>
              <TryIt tenantUrl={now.tenantUrl} />
              <Reach />
            </>
          )}
        </Answer>
      </div>
    </Page>
  );
}

/** `#/connection?test=now` comes from the command palette. */
function useWantedTest(run: (request: null) => void): void {
  const [wanted, setWanted] = useParam("test");
  useEffect(() => {
    if (wanted !== "now") return;
    setWanted(null);
    run(null);
  }, [wanted, setWanted, run]);
}
