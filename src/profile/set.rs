//! One setting from the command line: `--set max_cps=12`.

use super::given::Given;
use super::load::{bare_unit, check_order};
use super::setting::ROWS;
use super::{Origin, Profile, Status};
use crate::error::{Error, ErrorKind, Result};
use std::borrow::Cow;
use toml::Spanned;
use toml::de::DeValue;

/// Where a value comes from that was set on the command line.
const SOURCE: &str = "--set";

impl Profile {
    /// Sets one value, which then counts as house, from `--set`. The value is as in a profile's file; quotes around a
    /// name or a length may be left out, and `none` lifts a limit.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`]: no such key (with all of them), a value that the key cannot have, limits that exclude each other.
    ///
    /// ```
    /// let mut profile = zimu::profile::builtin("netflix-en").unwrap();
    /// profile.set("max_cps", "12").unwrap();
    /// profile.set("min_gap", "3 frames").unwrap();
    /// profile.set("max_lines", "none").unwrap();
    /// assert_eq!((profile.max_cps.clone().unwrap().value, profile.max_lines.clone()), (12.0, None));
    /// assert!(profile.set("max_cpm", "12").unwrap_err().to_string().contains("max_cps"));
    /// ```
    pub fn set(&mut self, key: &str, value: &str) -> Result<()> {
        let shown = |text: &str| -> String { text.trim().chars().take(60).collect() };
        let (key, value) = (key.trim(), value.trim());
        let Some(row) = ROWS.iter().find(|row| row.key == key.replace('-', "_")) else {
            let keys: Vec<&str> = ROWS.iter().map(|row| row.key).collect();
            return Err(Error::new(ErrorKind::Usage, format!("{SOURCE}: unknown setting `{}`", shown(key)))
                .with_remedy(format!("known are {}", keys.join(", ")))
                .with_chinese(format!("{SOURCE}：未知的设置 `{}`", shown(key)))
                .with_chinese_remedy(format!("可用的设置：{}", keys.join("、"))));
        };
        // What is no TOML is a text without its quotes.
        let parsed = DeValue::parse(value).map_or_else(|_| DeValue::String(Cow::Borrowed(value)), Spanned::into_inner);
        let origin = Origin { status: Status::House, source: SOURCE.to_owned(), clause: None, date: String::new() };
        let unit = bare_unit(row.key, &parsed);
        let mut changed = self.clone();
        (row.set)(&mut changed, Given { value: &parsed, unit, or_ms: None, whole_frames: None, origin }).map_err(
            |what| {
                let (key, value) = (row.key, shown(value));
                Error::new(ErrorKind::Usage, format!("{SOURCE} {key}={value}: {key} {what}"))
                    .with_chinese(format!("{SOURCE} {key}={value}：{key} 的值不合要求（{what}）"))
            },
        )?;
        check_order(&changed, SOURCE)?;
        *self = changed;
        Ok(())
    }
}
