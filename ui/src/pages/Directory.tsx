import { Tab, TabList } from "@fluentui/react-components";
import { Link, useLocation } from "wouter";
import { useStatus } from "../api/queries";
import { Page } from "../components/Page";
import { Empty } from "../components/States";
import { path } from "../routes";
import { testids } from "../testids";
import { text } from "../text";
import { GroupList } from "./directory/GroupList";
import { UserList } from "./directory/UserList";

type Kind = "users" | "groups";

/** What the identity provider has sent, as it sent it. */
export function Directory({ kind }: { kind: Kind }) {
  const [, navigate] = useLocation();
  const go = (to: Kind) => navigate(to === "users" ? path.directory : path.directoryGroups);
  return (
    <Page title={text.directory.title} meta={text.directory.lead} filled>
      <TabList selectedValue={kind} onTabSelect={(_, { value }) => go(value as Kind)} style={{ marginInline: -8, marginTop: -8 }}>
        <Tab value="users" data-testid={testids.tab("directory-users")}>
          {text.directory.users}
        </Tab>
        <Tab value="groups" data-testid={testids.tab("directory-groups")}>
          {text.directory.groups}
        </Tab>
      </TabList>
      {kind === "users" ? <UserList /> : <GroupList />}
    </Page>
  );
}

/** Never had data; and while provisioning is off, cannot have any. */
export function NothingReceived({ sentence }: { sentence: string }) {
  const { data: status } = useStatus();
  if (!status || status.enabled) return <Empty sentence={sentence} />;
  return (
    <Empty
      sentence={text.directory.off}
      action={
        <Link className="link" href={path.provisioning}>
          {text.directory.offAction}
        </Link>
      }
    />
  );
}
