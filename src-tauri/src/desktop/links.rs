//! Links into the window: `scimdesk://reports/41` is the page `/reports/41`.

use tauri::{AppHandle, Emitter, Url};
use tauri_plugin_deep_link::DeepLinkExt;

const SCHEME: &str = "scimdesk";

/// Opens every link that comes while the application runs, and the one it was started with.
pub(super) fn follow(handle: &AppHandle) {
    let open = handle.clone();
    handle.deep_link().on_open_url(move |event| {
        for url in event.urls() {
            go(&open, &url);
        }
    });
}

/// The page that the application was started with, if a link did that.
pub(super) fn first_page(handle: &AppHandle) -> Option<String> {
    let urls = handle.deep_link().get_current().ok().flatten()?;
    urls.iter().find_map(page)
}

fn go(handle: &AppHandle, url: &Url) {
    let Some(page) = page(url) else { return };
    super::show_window(handle);
    if let Err(error) = handle.emit("open", page) {
        tracing::warn!(%error, "the window did not follow a link");
    }
}

/// The page a link leads to. Which pages there are the window knows, and says so of one that is
/// none.
fn page(url: &Url) -> Option<String> {
    if url.scheme() != SCHEME {
        return None;
    }
    let mut page = format!("/{}{}", url.host_str().unwrap_or_default(), url.path());
    if page.len() > 1 {
        page.truncate(page.trim_end_matches('/').len().max(1));
    }
    if let Some(query) = url.query() {
        page = format!("{page}?{query}");
    }
    Some(page)
}

/// Whether a word of the command line is such a link.
pub(crate) fn is_link(word: &str) -> Result<String, String> {
    if word.starts_with("scimdesk://") {
        return Ok(word.to_owned());
    }
    Err("it is neither a command nor a link such as scimdesk://reports/41".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_a_page() {
        let page = |link: &str| page(&Url::parse(link).unwrap());
        assert_eq!(page("scimdesk://reports/41").as_deref(), Some("/reports/41"));
        assert_eq!(page("scimdesk://reports/").as_deref(), Some("/reports"));
        assert_eq!(
            page("scimdesk://logs?query=status:failure&event=7").as_deref(),
            Some("/logs?query=status:failure&event=7")
        );
        assert_eq!(page("scimdesk://").as_deref(), Some("/"));
        assert_eq!(page("https://reports/41"), None);
    }

    #[test]
    fn a_word_that_is_no_link_is_refused() {
        assert!(is_link("scimdesk://logs").is_ok());
        assert!(is_link("servee").is_err());
    }
}
