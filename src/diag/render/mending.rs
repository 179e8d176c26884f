//! What a fix does, in words.

use crate::diag::{CueEdit, Fix, Lang};

/// So many edits are told one by one.
const MOST_TOLD: usize = 3;

/// A sentence for people who choose among fixes.
pub(super) fn describe(fix: &Fix, lang: Lang) -> String {
    let mut told: Vec<String> = fix.edits.iter().map(|edit| told(edit, lang)).collect();
    // A line that is broken anew is one thing to do.
    told.dedup();
    if told.len() > MOST_TOLD {
        told.truncate(MOST_TOLD);
        told.push("…".to_owned());
    }
    told.join(if lang == Lang::En { "; " } else { "；" })
}

fn told(edit: &CueEdit, lang: Lang) -> String {
    let n = |cue: &u32| cue.saturating_add(1);
    let (en, zh) = match edit {
        CueEdit::Start { cue, to } => {
            (format!("start cue {} at {to}", n(cue)), format!("第 {} 条改为从 {to} 开始", n(cue)))
        }
        CueEdit::End { cue, to } => {
            (format!("end cue {} at {to}", n(cue)), format!("第 {} 条改为到 {to} 结束", n(cue)))
        }
        CueEdit::Shown { cue, to, .. } => {
            (format!("set a time inside cue {} to {to}", n(cue)), format!("第 {} 条内部的时间改为 {to}", n(cue)))
        }
        CueEdit::Replace { cue, .. } => {
            (format!("change the text of cue {}", n(cue)), format!("修改第 {} 条的文字", n(cue)))
        }
        CueEdit::Split { cue, .. } => (format!("split cue {}", n(cue)), format!("拆分第 {} 条", n(cue))),
        CueEdit::MergeNext { cue, .. } => {
            (format!("join cue {} with the next", n(cue)), format!("把第 {} 条与下一条合并", n(cue)))
        }
        CueEdit::Remove { cue } => (format!("remove cue {}", n(cue)), format!("删除第 {} 条", n(cue))),
        CueEdit::Move { cue, before } => (
            format!("move cue {} before cue {}", n(cue), n(before)),
            format!("把第 {} 条移到第 {} 条之前", n(cue), n(before)),
        ),
        CueEdit::Renumber => ("number the cues anew".to_owned(), "重新编号".to_owned()),
    };
    if lang == Lang::En { en } else { zh }
}
