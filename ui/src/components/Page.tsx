import { ChevronRight12Regular } from "@fluentui/react-icons";
import { type ReactNode, useEffect, useRef } from "react";
import { Link, useLocation } from "wouter";
import { type Crumb, trailTo } from "../routes";
import { text } from "../text";

type Props = {
  title: string;
  titleTestid?: string;
  /** In place of what the route table says. */
  crumbs?: readonly Crumb[];
  /** The last breadcrumb, where the title is a sentence. */
  here?: string;
  /** One line under the heading. */
  meta?: ReactNode;
  /** Buttons at the top right. */
  commands?: ReactNode;
  /** Fill the window with a table instead of scrolling. */
  filled?: boolean;
  /** Stays at the bottom: the save bar. */
  footer?: ReactNode;
  children: ReactNode;
};

/** One page: breadcrumbs, the only h1, commands, body. Arriving focuses the heading, which a screen reader then says, and names the window. */
export function Page({ title, titleTestid, crumbs, here = title, meta, commands, filled, footer, children }: Props) {
  const [address] = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    document.title = text.windowTitle(title);
  }, [title]);

  return (
    <main className="page" id="page" tabIndex={-1}>
      <header>
        <div className="titles">
          <Breadcrumbs crumbs={crumbs ?? trailTo(address)} here={here} />
          <h1 ref={heading} tabIndex={-1} data-testid={titleTestid}>
            {title}
          </h1>
          {meta && <div className="meta quiet">{meta}</div>}
        </div>
        {commands && <div className="commands">{commands}</div>}
      </header>
      <div className={filled ? "body filled" : "body"}>{children}</div>
      {footer}
    </main>
  );
}

function Breadcrumbs({ crumbs, here }: { crumbs: readonly Crumb[]; here: string }) {
  return (
    <nav aria-label={text.nav.breadcrumbs}>
      <ol className="crumbs">
        {crumbs.map((crumb) => (
          <li key={typeof crumb === "string" ? crumb : crumb.path}>
            {typeof crumb === "string" ? crumb : <Link href={crumb.path}>{crumb.title}</Link>}
            <ChevronRight12Regular aria-hidden />
          </li>
        ))}
        <li aria-current="page">{here}</li>
      </ol>
    </nav>
  );
}
