import { Button } from "@fluentui/react-components";
import { ArrowUpload20Regular } from "@fluentui/react-icons";
import { type ReactNode, useState } from "react";
import type { AccountRow, AccountState, ManagedBy } from "../api/bindings";
import { useAccounts, useAccountsImport } from "../api/queries";
import { ColumnChoice } from "../components/ColumnChoice";
import type { Column } from "../components/DataTable";
import { Choice, Search } from "../components/Filters";
import { ListView } from "../components/ListView";
import { ActiveMark } from "../components/Marks";
import { Outcome } from "../components/Outcome";
import { Page } from "../components/Page";
import { Empty, FilteredOut } from "../components/States";
import { TimeAgo } from "../components/TimeAgo";
import { Working } from "../components/Working";
import { useColumns } from "../hooks/useColumns";
import { useParam } from "../hooks/useHash";
import { useSettled } from "../hooks/useLater";
import { useSort } from "../hooks/useSort";
import { testids } from "../testids";
import { accountStateWord, managedByWord, text } from "../text";
import { AccountDetails } from "./accounts/AccountDetails";
import { ExemptList } from "./accounts/ExemptList";
import { Mapping } from "./accounts/Mapping";

const { columns: title } = text.accounts;
const states = [accountStateWord.active, accountStateWord.archived] as const;
const all: Column<AccountRow>[] = [
  { id: "name", title: title.name, width: "minmax(0, 1.2fr)", fixed: true, sorts: true, cell: ({ name }) => name },
  { id: "email", title: title.email, width: "minmax(0, 1.8fr)", sorts: true, cell: ({ email }) => email },
  {
    id: "state",
    title: title.state,
    width: "100px",
    sorts: true,
    cell: ({ state }) => <ActiveMark active={state === "active"} words={states} />,
  },
  { id: "managedBy", title: title.managedBy, width: "92px", spare: true, sorts: true, cell: ({ managedBy }) => managedByWord[managedBy] },
  {
    id: "exempt",
    title: title.exempt,
    width: "136px",
    sorts: true,
    spare: true,
    cell: (row) =>
      text.logs.headline([row.exempt ? text.accounts.exemptYes : "", row.protected ? text.accounts.protectedYes : ""]),
  },
  {
    id: "lastChanged",
    title: title.lastChanged,
    width: "100px",
    sorts: true,
    look: "soft",
    spare: true,
    cell: ({ lastChanged }) => <TimeAgo at={lastChanged} />,
  },
];

/** The accounts the console holds: who decides about each, and what syncs have made of it. */
export function Accounts() {
  const [typed, setTyped] = useState("");
  const [state, setState] = useParam("state");
  const [managedBy, setManagedBy] = useParam("managedBy");
  const [selected, select] = useParam("id");
  const search = useSettled(typed.trim());
  const own = useColumns("accounts", all);
  const sorting = useSort();
  const accounts = useAccounts({
    search,
    state: (state || null) as AccountState | null,
    managedBy: (managedBy || null) as ManagedBy | null,
    sort: sorting.sort,
  });
  const importing = useAccountsImport();
  const clear = () => {
    setTyped("");
    setState(null);
    setManagedBy(null);
  };
  const importButton = (
    <Button
      icon={<ArrowUpload20Regular />}
      disabledFocusable={importing.isPending}
      onClick={() => importing.mutate(null)}
      data-testid={testids.accountsImport}
    >
      {text.accounts.import}
    </Button>
  );

  return (
    <Page title={text.accounts.title} meta={text.accounts.lead} commands={<Commands importButton={importButton} />} filled>
      <ImportResult importing={importing} />
      <div className="filters">
        <Search label={text.accounts.search} value={typed} onChange={setTyped} />
        <Choice
          label={text.accounts.state}
          value={state as AccountState | ""}
          any={text.accounts.anyState}
          choices={accountStateWord}
          onChange={setState}
        />
        <Choice
          label={text.accounts.managedBy}
          value={managedBy as ManagedBy | ""}
          any={text.accounts.anyManagedBy}
          choices={managedByWord}
          onChange={setManagedBy}
        />
        <ColumnChoice
          groups={[{ title: text.directory.list, columns: own.choosable }]}
          shown={own.shown}
          usual={own.usual}
          onChange={own.choose}
        />
        <span className="quiet end" aria-live="polite">
          {accounts.first && text.accounts.total(accounts.total, accounts.first.all)}
        </span>
      </div>
      <ListView
        label={text.accounts.title}
        pages={accounts}
        columns={own.columns}
        sorting={sorting}
        keyOf={({ id }) => id}
        testid={testids.accountRow}
        selected={selected}
        onSelect={select}
        empty={
          accounts.first?.all ? (
            <FilteredOut sentence={text.accounts.filtered} onClear={clear} />
          ) : (
            <Empty sentence={text.accounts.never} />
          )
        }
        details={(id) => <AccountDetails key={id} id={id} onClose={() => select(null)} />}
      />
    </Page>
  );
}

function Commands({ importButton }: { importButton: ReactNode }) {
  const [shown, show] = useState<"mapping" | "exempt" | null>(null);
  const close = () => show(null);
  return (
    <>
      <Button onClick={() => show("mapping")} data-testid={testids.mapping}>
        {text.mapping.open}
      </Button>
      <Button onClick={() => show("exempt")} data-testid={testids.exemptList}>
        {text.exempt.open}
      </Button>
      {importButton}
      {shown === "mapping" && <Mapping onClose={close} />}
      {shown === "exempt" && <ExemptList onClose={close} />}
    </>
  );
}

/** That a file is being read; then what the import did, or which lines stood in its way. Nothing when no file was picked. */
function ImportResult({ importing: { isPending, data, error, reset } }: { importing: ReturnType<typeof useAccountsImport> }) {
  if (isPending) return <Working what={text.accounts.reading} />;
  if (error) {
    return (
      <Outcome intent="error" title={text.accounts.notImported} testid={testids.importResult} onDismiss={reset}>
        <div className="lines">
          {error.message} {error.hint}
        </div>
      </Outcome>
    );
  }
  if (!data) return null;
  return (
    <Outcome intent="success" title={text.accounts.imported(data)} testid={testids.importResult} onDismiss={reset}>
      {text.accounts.importedFrom(data.path)}
    </Outcome>
  );
}
