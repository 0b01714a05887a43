//! What the pages that hand something on or receive it know of their address.

use yew::prelude::*;

use crate::effects::platform::Platform;
use crate::effects::{address, scroll};
use crate::store::Store;

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Surroundings {
    /// Known after the first render, which must show what was prerendered.
    pub(crate) platform: Option<Platform>,
    /// What the address carries after its `#`, as it stands there.
    pub(crate) fragment: AttrValue,
}

/// Looks at the address, anew whenever it may have changed.
#[hook]
pub(crate) fn use_surroundings(store: &Store) -> UseStateHandle<Surroundings> {
    let surroundings = use_state_eq(Surroundings::default);
    {
        let surroundings = surroundings.clone();
        use_effect_with((store.route, store.arrival.count), move |(route, _)| {
            address::mark_route(*route);
            let fragment = address::raw_fragment();
            let is_place = scroll::is_place(&fragment);
            match &surroundings.platform {
                // The way past the header: it is no reason to let go of what the link carried.
                Some(_) if is_place => address::put_fragment(&surroundings.fragment),
                Some(_) if surroundings.fragment == fragment => {}
                platform => surroundings.set(Surroundings {
                    platform: platform.clone().or_else(Platform::look),
                    fragment: if is_place { AttrValue::default() } else { fragment.into() },
                }),
            }
        });
    }
    surroundings
}
