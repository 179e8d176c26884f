use super::prelude::*;
use crate::lang::is_han;
use regex::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;

rule! {
    /// A term has one gloss.
    ///
    /// **Why.** `agent(智能体)` here and `agent(代理)` there are two things to a reader who needs the gloss.
    ///
    /// **Source.** house: a gloss is a translation in brackets behind a term of the other script.
    ///
    /// ```srt fails default-zh
    /// 1
    /// 00:00:01,000 --> 00:00:05,000
    /// 一个agent(智能体)
    ///
    /// 2
    /// 00:00:06,000 --> 00:00:10,000
    /// 另一个agent(代理)
    /// ```
    ///
    /// ```srt passes default-zh
    /// 1
    /// 00:00:01,000 --> 00:00:05,000
    /// 一个agent(智能体)
    ///
    /// 2
    /// 00:00:06,000 --> 00:00:10,000
    /// 另一个agent(智能体)
    /// ```
    GLOSS {
        code: codes::GLOSS, zh: "同一术语的注释一致",
        settings: &[],
        applies: always,
        check: Check::Track(check),
    }
}

/// A term in Latin letters, and its gloss.
static GLOSSES: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"([A-Za-z][A-Za-z0-9 .+-]{0,60}?) ?[(（]([^()（）\n]{1,60})[)）]").ok());

fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) {
    let Some(glosses) = GLOSSES.as_ref() else { return };
    let mut known: HashMap<String, &str> = HashMap::new();
    for seen in scene.having(Needs::of(&[Traits::BRACKET, Traits::HAN])) {
        for found in glosses.captures_iter(seen.text()) {
            let (Some(term), Some(gloss)) = (found.get(1), found.get(2)) else { continue };
            if !gloss.as_str().chars().any(is_han) {
                continue;
            }
            let first = known.entry(term.as_str().to_lowercase()).or_insert(gloss.as_str());
            if *first != gloss.as_str() {
                findings.text(&seen, gloss.range(), |d| {
                    d.with("term", term.as_str()).with("gloss", gloss.as_str()).with("other", *first)
                });
            }
        }
    }
}
