import { MessageBar, MessageBarBody } from "@fluentui/react-components";
import { Link } from "wouter";
import type { Preferences as Kept } from "../api/bindings";
import { usePreferencesSet, usePreferencesState } from "../api/queries";
import { Page } from "../components/Page";
import { Answer } from "../components/States";
import { path } from "../routes";
import { testids } from "../testids";
import { text } from "../text";
import { Group, Toggle, WordChoice } from "./preferences/Controls";

const words = text.preferences;

/** What the administrator prefers on this computer; nothing here waits for a Save. */
export function Preferences() {
  return (
    <Page title={text.pages.preferences} meta={words.lead}>
      <div className="form">
        <Group title={words.looks}>
          <WordChoice name="theme" title={words.theme} hint={words.themeHint} words={text.theme} />
          <WordChoice name="density" title={words.density} hint={words.densityHint} words={words.densities} />
        </Group>
        <Application />
        <Group title={words.keyboard}>
          <SingleKeys />
          <WordChoice name="clipboard" title={words.clipboard} hint={words.clipboardHint} words={words.clipboards} />
        </Group>
        <Group title={words.more}>
          <ul className="plain">
            <li>
              <Link className="link" href={path.provisioning}>
                {words.provisioning}
              </Link>
            </li>
            <li>
              <Link className="link" href={path.about}>
                {words.about}
              </Link>
            </li>
            <li>
              <Link className="link" href={path.welcome}>
                {words.welcome}
              </Link>
            </li>
          </ul>
        </Group>
      </div>
    </Page>
  );
}

function SingleKeys() {
  return <WordChoice name="singleKeys" title={words.singleKeys} hint={words.singleKeysHint} words={{ off: text.common.no, on: text.common.yes }} />;
}

/** What the shell keeps, and what of it this computer cannot do. */
function Application() {
  const state = usePreferencesState();
  const set = usePreferencesSet();
  return (
    <Answer query={state} rows={3}>
      {({ preferences, noTray, noAutostart }) => {
        const change = (part: Partial<Kept>) => set.mutate({ ...preferences, ...part });
        return (
          <>
            {set.error && (
              <MessageBar intent="error" layout="multiline">
                <MessageBarBody>{set.error.message}</MessageBarBody>
              </MessageBar>
            )}
            <Group title={words.behaviour}>
              <Toggle
                title={words.closeToTray}
                hint={words.closeToTrayHint}
                value={preferences.closeToTray && noTray === null}
                why={noTray}
                testid={testids.preference("close-to-tray")}
                onChange={(closeToTray) => change({ closeToTray })}
              />
              <Toggle
                title={words.startAtLogin}
                hint={words.startAtLoginHint}
                value={preferences.startAtLogin}
                why={noAutostart}
                testid={testids.preference("start-at-login")}
                onChange={(startAtLogin) => change({ startAtLogin })}
              />
            </Group>
            <Group title={words.messages}>
              <Toggle
                title={words.notify}
                hint={words.notifyHint}
                value={preferences.notify}
                testid={testids.preference("notify")}
                onChange={(notify) => change({ notify })}
              />
              <Toggle
                title={words.notifyAlways}
                value={preferences.notifyAlways}
                testid={testids.preference("notify-always")}
                onChange={(notifyAlways) => change({ notifyAlways, ...(notifyAlways ? { notify: true } : {}) })}
              />
            </Group>
          </>
        );
      }}
    </Answer>
  );
}
