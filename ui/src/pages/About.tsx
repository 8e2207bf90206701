import { Button } from "@fluentui/react-components";
import { FolderOpen20Regular } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import { type About as Facts } from "../api/bindings";
import { useAbout, useFolderOpen } from "../api/queries";
import { CopyButton } from "../components/CopyButton";
import { Page } from "../components/Page";
import { Refusal } from "../components/Refusal";
import { Answer } from "../components/States";
import { testids } from "../testids";
import { text } from "../text";

const words = text.about;

/** Which version this is, where its data are, and whose work is in it. */
export function About() {
  const about = useAbout();
  return (
    <Page title={text.pages.about} meta={words.lead}>
      <div className="form">
        <Answer query={about} rows={8}>
          {(facts) => (
            <>
              <Program facts={facts} />
              <Parts facts={facts} />
            </>
          )}
        </Answer>
      </div>
    </Page>
  );
}

function Program({ facts }: { facts: Facts }) {
  const open = useFolderOpen();
  const told = `${text.product} ${facts.version} · ${facts.system} · ${facts.webView}`;
  return (
    <section className="card" aria-label={text.product}>
      <section className="stack">
        <div className="row">
          <h2 className="strong">{text.product}</h2>
          <CopyButton what={words.copy} value={told} />
        </div>
        <table className="facts">
          <tbody>
            <Fact name={words.version}>
              <span data-testid={testids.version}>{facts.version}</span>
            </Fact>
            <Fact name={words.license}>{facts.license}</Fact>
            <Fact name={words.dataDir}>
              <span className="mono">{facts.dataDir}</span>
              <div className="quiet">{words.dataSize(facts)}</div>
            </Fact>
            <Fact name={words.diagnostics}>{facts.diagnostics}</Fact>
            <Fact name={words.program}>
              <span className="mono">{facts.program}</span>
            </Fact>
            <Fact name={words.system}>{facts.system}</Fact>
            <Fact name={words.webView}>{facts.webView}</Fact>
          </tbody>
        </table>
        {open.error && <Refusal error={open.error} />}
        <div>
          <Button icon={<FolderOpen20Regular />} onClick={() => open.mutate(null)} disabledFocusable={open.isPending}>
            {words.openFolder}
          </Button>
        </div>
        <p className="quiet">{words.privacy}</p>
      </section>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{children}</td>
    </tr>
  );
}

function Parts({ facts: { parts } }: { facts: Facts }) {
  return (
    <section className="card" aria-label={words.parts}>
      <section className="tight">
        <h2 className="strong">{words.parts}</h2>
        <p className="quiet">{words.partsLead}</p>
        <table className="facts">
          <thead>
            <tr>
              <th scope="col">{words.part}</th>
              <th scope="col">{words.purpose}</th>
              <th scope="col">{words.license}</th>
            </tr>
          </thead>
          <tbody>
            {parts.map(({ name, purpose, license }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{purpose}</td>
                <td>{license}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
