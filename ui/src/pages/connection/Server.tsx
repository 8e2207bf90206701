import { Button, MessageBar, MessageBarBody } from "@fluentui/react-components";
import { Circle12Filled, Prohibited16Filled } from "@fluentui/react-icons";
import { useState } from "react";
import { Link } from "wouter";
import type { Status, TokenStatus } from "../../api/bindings";
import { useServerStart, useServerStop } from "../../api/queries";
import { CopyField } from "../../components/CopyField";
import { path } from "../../routes";
import { testids } from "../../testids";
import { text } from "../../text";
import { KnownToken } from "../provisioning/KnownToken";
import { ChangeAddress } from "./ChangeAddress";
import { CheckToken } from "./CheckToken";

type Asking = "nothing" | "address" | "token";

/** Whether the server listens and where, the Tenant URL, and what is known about the token. */
export function Server({ status: { server, tenantUrl }, token }: { status: Status; token: TokenStatus | undefined }) {
  const [stop, start] = [useServerStop(), useServerStart()];
  const [asking, ask] = useState<Asking>("nothing");
  const listens = server.state === "listening";
  const busy = stop.isPending || start.isPending;
  const error = stop.error ?? start.error;
  return (
    <section className="card" aria-label={text.connection.server}>
      <section className="setting">
        <div>
          <h2>{text.connection.server}</h2>
          <p className={listens ? "mark success" : "mark danger wrapped"} role="status" data-testid={testids.serverState}>
            {listens ? <Circle12Filled aria-hidden /> : <Prohibited16Filled aria-hidden />}
            {listens ? text.connection.listening(server.address) : `${text.connection.notListening}. ${server.reason}`}
          </p>
          <p className="quiet">{listens ? text.connection.plain : text.connection.stopped}</p>
        </div>
        <div className="row">
          <Button
            disabledFocusable={busy}
            onClick={() => (listens ? stop : start).mutate(null)}
            data-testid={listens ? testids.serverStop : testids.serverStart}
          >
            {listens ? text.connection.stop : text.connection.start}
          </Button>
          <Button onClick={() => ask("address")} data-testid={testids.changeAddress}>
            {text.connection.change}
          </Button>
        </div>
      </section>
      {error && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{error.message}</MessageBarBody>
        </MessageBar>
      )}
      <section className="stack">
        <CopyField label={text.provisioning.tenantUrl} value={tenantUrl} />
        {token && <KnownToken status={token} />}
        <div className="row">
          <Button onClick={() => ask("token")} data-testid={testids.checkToken}>
            {text.connection.check}
          </Button>
          <Link className="link" href={path.provisioning}>
            {text.connection.manageToken}
          </Link>
        </div>
      </section>
      {asking === "address" && <ChangeAddress onClose={() => ask("nothing")} />}
      {asking === "token" && <CheckToken onClose={() => ask("nothing")} />}
    </section>
  );
}
