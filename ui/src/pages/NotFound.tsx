import { Link } from "wouter";
import { Page } from "../components/Page";
import { Empty } from "../components/States";
import { path } from "../routes";
import { text } from "../text";

export function NotFound() {
  return (
    <Page title={text.notFound.title} crumbs={[]}>
      <Empty
        sentence={text.notFound.sentence}
        action={
          <Link className="link" href={path.overview}>
            {text.notFound.home}
          </Link>
        }
      />
    </Page>
  );
}
