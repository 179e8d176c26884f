//! The first two fields: which version of the format, and what is in the file.

use super::field::Text;
use crate::error::{Error, ErrorKind, Result};
use crate::source::Source;
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, Visitor};
use std::fmt;

/// The version that is written, and the highest that is read.
pub(super) const VERSION: u64 = 1;

/// What a native file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Cues.
    Track,
    /// An article, understood.
    Transcript,
    /// A transcript with times, and usually the cues made of it.
    Alignment,
}

/// Each kind with its name in the file.
static KINDS: &[(Kind, &str)] =
    &[(Kind::Track, "track"), (Kind::Transcript, "transcript"), (Kind::Alignment, "alignment")];

impl Kind {
    /// Its name in the file.
    pub fn name(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

/// The kind of a text if it is a native file of this version or another; `None` if it is not. Reads no further than it
/// must, and needs no valid end.
pub(super) fn kind(text: &str) -> Option<Kind> {
    let head = Head::of(text);
    head.version?;
    KINDS.iter().find(|(_, name)| Some(*name) == head.kind.as_deref()).map(|(kind, _)| *kind)
}

/// The kind of a source that must be a native file of this version.
pub(super) fn checked(source: &Source) -> Result<Kind> {
    let head = Head::of(source.text());
    let refuse = |why: String, zh: String| {
        let name = source.name();
        Error::new(ErrorKind::Unreadable, format!("{name} {why}")).with_chinese(format!("{name} {zh}"))
    };
    let another = |why: &str, zh: &str| {
        let error = refuse(why.to_owned(), zh.to_owned());
        error
            .with_remedy(format!("a native file starts {START}"))
            .with_chinese_remedy(format!("zimu 的 JSON 以 {START} 开头"))
    };
    let version = match head.version {
        Some(Field::Number(version)) => version,
        Some(Field::Other) => return Err(another("has a `zimu` that is no version number", "中的 `zimu` 不是版本号")),
        None => match serde_json::from_str::<IgnoredAny>(source.text()) {
            Ok(_) => return Err(another("is JSON, but not of zimu's native format", "是 JSON，但不是 zimu 的格式")),
            Err(error) => return Err(super::fault::explain(source, &error)),
        },
    };
    if version != VERSION {
        let why = format!("is of version {version} of the native format, and this zimu reads version {VERSION}");
        let zh = format!("是第 {version} 版的 zimu JSON，本程序读第 {VERSION} 版");
        return Err(refuse(why, zh).with_remedy("a newer zimu reads it").with_chinese_remedy("请用更新的 zimu 读取"));
    }
    kind(source.text()).ok_or_else(|| {
        let names: Vec<_> = KINDS.iter().map(|(_, name)| format!("\"{name}\"")).collect();
        let (why, zh) = match &head.kind {
            Some(kind) => {
                let kind: String = kind.chars().take(MOST_SHOWN).collect();
                (format!("is of the unknown kind `{kind}`"), format!("的种类“{kind}”无法识别"))
            }
            None => ("does not say what it holds".to_owned(), "没有写明内容的种类".to_owned()),
        };
        refuse(why, zh)
            .with_remedy(format!("give it a \"kind\": {}", names.join(" or ")))
            .with_chinese_remedy(format!("请写上 \"kind\"：{}", names.join("、")))
    })
}

const START: &str = r#"{"zimu": 1, "kind": "track", "cues": [...]}"#;

/// Characters of a wrong value that a message repeats.
const MOST_SHOWN: usize = 60;

#[derive(Default)]
struct Head {
    version: Option<Field>,
    kind: Option<String>,
}

enum Field {
    Number(u64),
    Other,
}

impl Head {
    /// Whatever of it can be read.
    fn of(text: &str) -> Self {
        let mut head = Self::default();
        // Ends in an error once both are known; what else is wrong shows when the whole is read.
        let _ = (&mut head).deserialize(&mut serde_json::Deserializer::from_str(text));
        head
    }
}

impl<'de> DeserializeSeed<'de> for &mut Head {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Head {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Text<'de>>()? {
            let slot = (key.as_str() == "zimu", key.as_str() == "kind");
            if slot == (false, false) {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let value: &serde_json::value::RawValue = map.next_value()?;
            match slot {
                (true, _) => self.version = Some(value.get().parse().map_or(Field::Other, Field::Number)),
                _ => self.kind = Some(serde_json::from_str(value.get()).unwrap_or_default()),
            }
            if self.version.is_some() && self.kind.is_some() {
                return Err(A::Error::custom("read enough"));
            }
        }
        Ok(())
    }
}
