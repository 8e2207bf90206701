import { Button, DrawerBody, DrawerHeader, DrawerHeaderTitle, OverlayDrawer } from "@fluentui/react-components";
import { Dismiss20Regular } from "@fluentui/react-icons";
import { Link, useLocation } from "wouter";
import { path, routeOf } from "../routes";
import { testids } from "../testids";
import { glossary, pageHelp, text } from "../text";

/** F1: what the page is for, the questions people have on it, and the words it uses. */
export function HelpPanel({ onClose }: { onClose: () => void }) {
  const [here] = useLocation();
  const route = routeOf(here);
  const { lead, points, terms } = pageHelp[route?.id ?? "overview"];
  return (
    <OverlayDrawer className="drawer" open position="end" onOpenChange={(_, { open }) => open || onClose()} aria-label={text.help.title}>
      <DrawerHeader>
        <DrawerHeaderTitle
          action={<Button appearance="subtle" icon={<Dismiss20Regular />} aria-label={text.common.close} onClick={onClose} />}
        >
          {route?.title ?? text.help.title}
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody className="stack" data-testid={testids.help}>
        <p>{lead}</p>
        {points.map(([question, answer]) => (
          <section key={question}>
            <h3 className="strong">{question}</h3>
            <p>{answer}</p>
          </section>
        ))}
        {terms.length > 0 && (
          <dl className="terms">
            {terms.map((term) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{glossary[term]}</dd>
              </div>
            ))}
          </dl>
        )}
        <Link className="link" href={path.lessons} onClick={onClose}>
          {text.help.lessons}
        </Link>
      </DrawerBody>
    </OverlayDrawer>
  );
}
