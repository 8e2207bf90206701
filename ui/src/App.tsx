import { createDOMRenderer, FluentProvider, RendererProvider } from "@fluentui/react-components";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Suspense, useMemo, useState } from "react";
import { Route, Router, Switch } from "wouter";
import { useHostEvents } from "./api/events";
import { useHashPath, useHashSearch, wholeNumber } from "./hooks/useHash";
import { useTheme } from "./hooks/useTheme";
import { Page } from "./components/Page";
import { About } from "./pages/About";
import { Accounts } from "./pages/Accounts";
import { Compare } from "./pages/Compare";
import { Connection } from "./pages/Connection";
import { Directory } from "./pages/Directory";
import { Lessons } from "./pages/Lessons";
import { Logs } from "./pages/Logs";
import { NotFound } from "./pages/NotFound";
import { Overview } from "./pages/Overview";
import { Practice } from "./pages/Practice";
import { Preferences } from "./pages/Preferences";
import { Provisioning } from "./pages/Provisioning";
import { Report } from "./pages/Report";
import { Reports } from "./pages/Reports";
import { Welcome } from "./pages/Welcome";
import { path, routeOf } from "./routes";
import { Closing, useLinks } from "./shell/Closing";
import { ErrorBoundary } from "./shell/ErrorBoundary";
import { Toasts } from "./shell/Notices";
import { OverlayHost } from "./shell/OverlayHost";
import { type Overlay, OverlaysProvider } from "./shell/overlays";
import { Sidebar } from "./shell/Sidebar";
import { StatusBar } from "./shell/StatusBar";
import { TokenIssuer } from "./shell/TokenIssuer";
import { TroubleBanner } from "./shell/TroubleBanner";
import { useNews } from "./shell/useNews";
import { text } from "./text";

/** The shell says what has changed, so nothing grows stale by itself. */
export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: { staleTime: Infinity, retry: false, refetchOnWindowFocus: false, networkMode: "always" },
      mutations: { networkMode: "always" },
    },
  });

export function App({ renderer }: { renderer: ReturnType<typeof createDOMRenderer> }) {
  const [client] = useState(createQueryClient);
  const theme = useTheme();
  return (
    <RendererProvider renderer={renderer}>
      <FluentProvider theme={theme} style={{ height: "100%" }}>
        <QueryClientProvider client={client}>
          {/* oxlint-disable-next-line react/hooks -- the router takes its location as hooks */}
          <Router hook={useHashPath} searchHook={useHashSearch}>
            <Window />
          </Router>
        </QueryClientProvider>
      </FluentProvider>
    </RendererProvider>
  );
}

/** Hears the shell. What it hears draws nothing here, so the window is not drawn again for it. */
function Hearing() {
  useHostEvents();
  useNews();
  useLinks();
  return null;
}

function Window() {
  const [shown, show] = useState<Overlay | null>(null);
  const overlays = useMemo(() => ({ shown, show }), [shown]);
  return (
    <OverlaysProvider value={overlays}>
      <Hearing />
      <TokenIssuer>
        <div className="app">
          <button type="button" className="skip" onClick={() => document.getElementById("page")?.focus()}>
            {text.nav.skip}
          </button>
          <Sidebar />
          <div className="desk">
            <TroubleBanner />
            <PageInView />
            <StatusBar />
          </div>
          <Toasts />
          <OverlayHost />
          <Closing />
        </div>
      </TokenIssuer>
    </OverlaysProvider>
  );
}

function PageInView() {
  const [here] = useHashPath();
  return (
    <ErrorBoundary key={here}>
      <Suspense fallback={<Page title={routeOf(here)?.title ?? ""}>{null}</Page>}>
        <Pages />
      </Suspense>
    </ErrorBoundary>
  );
}

const ReportOf = ({ id }: { id: number | null }) => (id === null ? <NotFound /> : <Report key={id} id={id} />);

function CompareOf({ from, to }: { from: number | null; to: number | null }) {
  return from === null || to === null ? <NotFound /> : <Compare key={`${from} ${to}`} from={from} to={to} />;
}

export function Pages() {
  return (
    <Switch>
      <Route path={path.overview} component={Overview} />
      <Route path={path.provisioning} component={Provisioning} />
      <Route path={path.connection} component={Connection} />
      <Route path={path.reports} component={Reports} />
      <Route path="/reports/:id">{({ id }) => <ReportOf id={wholeNumber(id)} />}</Route>
      <Route path="/reports/:from/with/:to">
        {({ from, to }) => <CompareOf from={wholeNumber(from)} to={wholeNumber(to)} />}
      </Route>
      <Route path={path.logs} component={Logs} />
      <Route path={path.directory}>
        <Directory kind="users" />
      </Route>
      <Route path={path.directoryGroups}>
        <Directory kind="groups" />
      </Route>
      <Route path={path.accounts} component={Accounts} />
      <Route path={path.welcome} component={Welcome} />
      <Route path={path.lessons}>
        <Lessons tab="lessons" />
      </Route>
      <Route path={path.glossary}>
        <Lessons tab="glossary" />
      </Route>
      <Route path={path.errors}>
        <Lessons tab="errors" />
      </Route>
      <Route path={path.shortcuts}>
        <Lessons tab="shortcuts" />
      </Route>
      <Route path={path.practice} component={Practice} />
      <Route path={path.preferences} component={Preferences} />
      <Route path={path.about} component={About} />
      <Route component={NotFound} />
    </Switch>
  );
}
