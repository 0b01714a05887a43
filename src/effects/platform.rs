//! The browser that shows the page, and where the page is seen from outside.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use crate::effects::address;
use crate::route::IS_SINGLE_FILE;

/// What is known once the program runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Platform {
    /// The absolute address of the site's folder, ending in `/`; of the single file, what stands before a page's path.
    pub site: String,
    pub reach: Reach,
    /// Whether the browser has a dialog for handing an address to other programs.
    pub can_share: bool,
    pub is_wechat: bool,
}

/// Who can open an address of this site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Anyone,
    /// Whoever is in the same network.
    Network,
    ThisComputer,
}

impl Platform {
    /// Looks around. Call it while the document still is at the address it was loaded from.
    #[must_use]
    pub fn look() -> Option<Self> {
        let window = web_sys::window()?;
        let location = window.location();
        let (protocol, host) = (location.protocol().ok()?, location.host().ok()?);
        let has = |name: &str| Reflect::has(&window.navigator(), &name.into()).unwrap_or_default();
        Some(Self {
            site: if IS_SINGLE_FILE {
                format!("{}#", location.href().ok()?.split('#').next().unwrap_or_default())
            } else {
                format!("{protocol}//{host}{}", address::site_folder())
            },
            reach: reach(&protocol, &location.hostname().ok()?),
            can_share: has("share"),
            is_wechat: is_wechat(),
        })
    }
}

/// WeChat's own browser, which neither downloads nor prints.
#[must_use]
pub fn is_wechat() -> bool {
    let agent = web_sys::window().and_then(|window| window.navigator().user_agent().ok());
    agent.is_some_and(|agent| agent.contains("MicroMessenger"))
}

/// Whether the page stands in a frame of another one.
#[must_use]
pub fn is_framed() -> bool {
    web_sys::window().is_some_and(|window| {
        // Who may not even ask is framed by another site.
        window.parent().map_or(true, |parent| parent.is_none_or(|parent| parent != window))
    })
}

/// Opens the browser's dialog for handing an address on. Call it from a click.
pub fn share(title: &str, url: &str) {
    let Some(window) = web_sys::window() else { return };
    let data = js_sys::Object::new();
    for (key, value) in [("title", title), ("url", url)] {
        let _ = Reflect::set(&data, &key.into(), &value.into());
    }
    super::call(&window.navigator(), "share", &data, |_: Result<JsValue, JsValue>| {});
}

fn reach(protocol: &str, host: &str) -> Reach {
    let numbers: Vec<u8> = host.split('.').filter_map(|part| part.parse().ok()).collect();
    match (protocol, numbers.as_slice()) {
        ("file:", _) | (_, [127, _, _, _]) => Reach::ThisComputer,
        _ if host == "localhost" || host.ends_with(".localhost") || host == "[::1]" => Reach::ThisComputer,
        (_, [10, _, _, _] | [192, 168, _, _] | [172, 16..=31, _, _] | [169, 254, _, _]) => Reach::Network,
        // A name without a dot is known in its own network only.
        _ if !host.contains('.') => Reach::Network,
        _ => Reach::Anyone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_known_who_can_open_an_address() {
        for (protocol, host, expected) in [
            ("https:", "zicha.example.cn", Reach::Anyone),
            ("http:", "8.8.4.4", Reach::Anyone),
            ("http:", "172.32.0.1", Reach::Anyone),
            ("http:", "10.example.cn", Reach::Anyone),
            ("http:", "127.example.cn", Reach::Anyone),
            ("http:", "10.0.0.8", Reach::Network),
            ("http:", "172.16.3.4", Reach::Network),
            ("http:", "192.168.1.2", Reach::Network),
            ("http:", "oa", Reach::Network),
            ("http:", "127.0.0.1", Reach::ThisComputer),
            ("http:", "localhost", Reach::ThisComputer),
            ("http:", "[::1]", Reach::ThisComputer),
            ("file:", "", Reach::ThisComputer),
        ] {
            assert_eq!(reach(protocol, host), expected, "{protocol}//{host}");
        }
    }
}
