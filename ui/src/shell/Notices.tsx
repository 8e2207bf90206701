import { Button, DrawerBody, DrawerHeader, DrawerHeaderTitle, OverlayDrawer } from "@fluentui/react-components";
import { Dismiss20Regular } from "@fluentui/react-icons";
import { useEffect, useRef } from "react";
import { Link } from "wouter";
import { IntentIcon } from "../components/IntentIcon";
import { Empty } from "../components/States";
import { TimeAgo } from "../components/TimeAgo";
import { clearNotices, endToast, type Notice, readNotices, useNotices } from "../lib/notices";
import { testids } from "../testids";
import { text } from "../text";

/** What has happened since the window opened, newest first. */
export function NoticesPanel({ onClose }: { onClose: () => void }) {
  const notices = useNotices();
  useEffect(readNotices, [notices]);
  return (
    <OverlayDrawer className="drawer" open position="end" onOpenChange={(_, { open }) => open || onClose()} aria-label={text.notices.title}>
      <DrawerHeader>
        <DrawerHeaderTitle action={<CloseButton onClick={onClose} />}>{text.notices.title}</DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody>
        {notices.length === 0 && <Empty sentence={text.notices.none} />}
        <ul className="notices" data-testid={testids.notices}>
          {notices.map((notice) => (
            <li key={notice.id}>
              <Told notice={notice} onFollow={onClose} />
              <span className="quiet nowrap">
                <TimeAgo at={notice.at} />
              </span>
            </li>
          ))}
        </ul>
        {notices.length > 0 && <Button onClick={clearNotices}>{text.notices.clear}</Button>}
      </DrawerBody>
    </OverlayDrawer>
  );
}

function Told({ notice: { intent, title, body, link }, onFollow }: { notice: Notice; onFollow: () => void }) {
  return (
    <>
      <IntentIcon intent={intent} />
      <div className="told">
        <strong>{title}</strong>
        {body && <p>{body}</p>}
        {link && (
          <Link className="link" href={link.to} onClick={onFollow}>
            {link.title}
          </Link>
        )}
      </div>
    </>
  );
}

const CloseButton = ({ onClick }: { onClick: () => void }) => (
  <Button appearance="subtle" icon={<Dismiss20Regular />} aria-label={text.common.close} onClick={onClick} />
);

/** The newest of them, for a moment, at the edge of the window. An error stays until it is closed. */
export function Toasts() {
  const notices = useNotices();
  const shown = notices.filter(({ toast }) => toast).slice(0, 3);
  return (
    <div className="toasts" role="status" data-testid={testids.toasts}>
      {shown.map((notice) => (
        <Toast key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

const SHOWN = 6000;

function Toast({ notice }: { notice: Notice }) {
  const { id, intent } = notice;
  const held = useRef(false);
  useEffect(() => {
    if (intent === "error") return undefined;
    const timer = setInterval(() => {
      if (!held.current) endToast(id);
    }, SHOWN);
    return () => clearInterval(timer);
  }, [id, intent]);
  const hold = (value: boolean) => () => {
    held.current = value;
  };
  return (
    // Whoever reads it, or has the focus in it, keeps it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="toast" onMouseEnter={hold(true)} onMouseLeave={hold(false)} onFocus={hold(true)} onBlur={hold(false)}>
      <Told notice={notice} onFollow={() => endToast(id)} />
      <Button appearance="subtle" size="small" icon={<Dismiss20Regular />} aria-label={text.notices.dismiss} onClick={() => endToast(id)} />
    </div>
  );
}
