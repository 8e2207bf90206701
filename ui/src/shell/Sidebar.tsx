import { Button, Menu, MenuItemRadio, MenuList, MenuPopover, MenuTrigger, Tooltip } from "@fluentui/react-components";
import { DarkTheme20Regular, ShieldKeyhole24Regular } from "@fluentui/react-icons";
import { Link, useLocation } from "wouter";
import { useStatus } from "../api/queries";
import { useNarrow } from "../hooks/useMedia";
import { THEME_CHOICES, type ThemeChoice } from "../hooks/useTheme";
import { type Route, routeGroups } from "../routes";
import { testids } from "../testids";
import { text } from "../text";

type Props = { themeChoice: ThemeChoice; onTheme: (choice: ThemeChoice) => void };

/** The pages; icons with tooltips where the window is narrow. */
export function Sidebar({ themeChoice, onTheme }: Props) {
  const narrow = useNarrow();
  const { data: status } = useStatus();
  return (
    <nav className="sidebar" aria-label={text.nav.label}>
      <div className="brand">
        <ShieldKeyhole24Regular aria-hidden />
        {narrow ? <span className="sr">{text.product}</span> : text.product}
      </div>
      {routeGroups.map(({ title, routes }) => (
        <section key={title} aria-label={title}>
          <h2 aria-hidden>{title}</h2>
          <ul>
            {routes.map((route) => (
              <li key={route.path}>
                <Entry route={route} narrow={narrow} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      <div className="foot">
        {!narrow && <span className="quiet">{status && text.nav.version(status.version)}</span>}
        <ThemeMenu choice={themeChoice} onTheme={onTheme} />
      </div>
    </nav>
  );
}

function Entry({ route: { path, title, icon: Icon, testid }, narrow }: { route: Route; narrow: boolean }) {
  const [here] = useLocation();
  const current = here === path || here.startsWith(`${path}/`);
  const link = (
    <Link href={path} aria-current={current ? "page" : undefined} data-testid={testid}>
      <Icon aria-hidden />
      <span className={narrow ? "sr" : undefined}>{title}</span>
    </Link>
  );
  if (!narrow) return link;
  return (
    <Tooltip content={title} relationship="inaccessible" positioning="after">
      {link}
    </Tooltip>
  );
}

function ThemeMenu({ choice, onTheme }: { choice: ThemeChoice; onTheme: (choice: ThemeChoice) => void }) {
  return (
    <Menu
      checkedValues={{ theme: [choice] }}
      onCheckedValueChange={(_, { checkedItems }) => onTheme(checkedItems[0] as ThemeChoice)}
    >
      <MenuTrigger disableButtonEnhancement>
        <Tooltip content={text.theme.label(text.theme[choice])} relationship="label">
          <Button appearance="subtle" icon={<DarkTheme20Regular />} data-testid={testids.themeSelect} />
        </Tooltip>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {THEME_CHOICES.map((each) => (
            <MenuItemRadio key={each} name="theme" value={each} data-testid={testids.theme(each)}>
              {text.theme[each]}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
