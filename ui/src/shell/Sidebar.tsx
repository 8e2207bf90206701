import { Tooltip } from "@fluentui/react-components";
import { ShieldKeyhole24Regular } from "@fluentui/react-icons";
import { Link, useLocation } from "wouter";
import { useNarrow } from "../hooks/useMedia";
import { shown } from "../lib/keys";
import { GROUPS, type Route, routeOf, routes } from "../routes";
import { text } from "../text";
import { ThemeMenu } from "./ThemeMenu";

/** The pages; icons with tooltips where the window is narrow. */
export function Sidebar() {
  const narrow = useNarrow();
  return (
    <nav className="sidebar" aria-label={text.nav.label}>
      <div className="brand">
        <ShieldKeyhole24Regular aria-hidden />
        {narrow ? <span className="sr">{text.product}</span> : text.product}
        {!narrow && <ThemeMenu />}
      </div>
      {GROUPS.map((group) => (
        <section key={group} aria-label={text.nav.groups[group] || text.nav.startGroup} className={group}>
          {text.nav.groups[group] && <h2 aria-hidden>{text.nav.groups[group]}</h2>}
          <ul>
            {routes
              .filter((route) => route.group === group && !route.hidden)
              .map((route) => (
                <li key={route.id}>
                  <Entry route={route} narrow={narrow} />
                </li>
              ))}
          </ul>
        </section>
      ))}
      {narrow && (
        <div className="foot">
          <ThemeMenu />
        </div>
      )}
    </nav>
  );
}

function Entry({ route, narrow }: { route: Route; narrow: boolean }) {
  const { path, title, icon: Icon, testid, keys } = route;
  const [here] = useLocation();
  const current = routeOf(here) === route;
  const link = (
    <Link href={path} aria-current={current ? "page" : undefined} aria-keyshortcuts={keys?.replace("Ctrl", "Control")} data-testid={testid}>
      <Icon aria-hidden />
      <span className={narrow ? "sr" : undefined}>{title}</span>
    </Link>
  );
  if (!narrow) return link;
  return (
    <Tooltip content={keys ? `${title} (${shown(keys)})` : title} relationship="inaccessible" positioning="after">
      {link}
    </Tooltip>
  );
}
