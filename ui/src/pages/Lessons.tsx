import { Tab, TabList } from "@fluentui/react-components";
import { useLocation } from "wouter";
import { Page } from "../components/Page";
import { path } from "../routes";
import { useActions } from "../shell/actions";
import { Shortcuts } from "../shell/ShortcutList";
import { testids } from "../testids";
import { glossary, text } from "../text";
import { Errors } from "./lessons/Errors";
import { LessonList } from "./lessons/LessonList";

const TABS = { lessons: path.lessons, glossary: path.glossary, errors: path.errors, shortcuts: path.shortcuts } as const;
export type HelpTab = keyof typeof TABS;

/** Lessons that check themselves, the glossary, every error, and the shortcuts. */
export function Lessons({ tab }: { tab: HelpTab }) {
  const [, navigate] = useLocation();
  return (
    <Page title={text.pages.lessons} here={text.lessons.tabs[tab]} meta={text.lessons.lead}>
      <TabList selectedValue={tab} onTabSelect={(_, { value }) => navigate(TABS[value as HelpTab])} className="guide-tabs spaced">
        {(Object.keys(TABS) as HelpTab[]).map((each) => (
          <Tab key={each} value={each} data-testid={testids.tab(`help-${each}`)}>
            {text.lessons.tabs[each]}
          </Tab>
        ))}
      </TabList>
      <div className="form">
        {tab === "lessons" && <LessonList />}
        {tab === "glossary" && <Glossary />}
        {tab === "errors" && <Errors />}
        {tab === "shortcuts" && <AllShortcuts />}
      </div>
    </Page>
  );
}

function Glossary() {
  return (
    <section className="card" aria-label={text.lessons.tabs.glossary}>
      <dl className="terms">
        {Object.entries(glossary).map(([term, meaning]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function AllShortcuts() {
  return (
    <section className="card padded" aria-label={text.lessons.tabs.shortcuts}>
      <Shortcuts actions={useActions()} heading="h2" />
    </section>
  );
}
