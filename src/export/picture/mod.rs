//! Pictures: claims drawn on the basemap without a browser.

pub(super) mod symbol;
