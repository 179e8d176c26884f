//! Lines about the piece: who made it, when, how long it is, where it stands.

use super::line::is_blank;
use super::{bracket, name, runtime, sentence, vocabulary};

/// Lines longer than this, in columns, are text.
const MAX_COLUMNS: u32 = 90;

/// Beginnings of Chinese credit lines without a colon.
#[rustfmt::skip]
static OPENINGS: &[&str] = &[
    "本文来源", "文章来源", "本文转自", "转载自", "來源於", "来源于", "图片来自", "圖片來自", "图片由", "圖片由", "照片由", "本文首发", "本文首發", "首发于", "本文系", "本文作者",
    "本文原载", "原载于", "版权归", "版權所有", "版权所有", "未经授权", "©", "copyright", "(c) 20",
    "all rights reserved", "photo courtesy", "photos courtesy", "image courtesy", "courtesy of",
];

/// Words of dates besides digits.
#[rustfmt::skip]
static DATE_WORDS: &[&str] = &[
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "january", "february",
    "march", "april", "june", "july", "august", "september", "october", "november", "december", "mon", "tue", "wed",
    "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "am",
    "pm", "st", "nd", "rd", "th", "t", "z", "utc",
];

/// A line without the emphasis or the brackets that enclose all of it.
fn inner(body: &str) -> &str {
    let text = body.trim_matches(|c: char| is_blank(c) || matches!(c, '*' | '_' | '▲' | '△' | '▼'));
    bracket::enclosed(text).unwrap_or(text).trim_matches(is_blank)
}

/// Label and value: `编辑:吴晓`, `文/张三`, `图｜李四`, `**Editor:** Ann Lee`.
fn field(text: &str) -> Option<(&str, &str)> {
    let (label, value) = text.split_once([':', '：', '/', '｜', '|', '丨'])?;
    let around = |c: char| is_blank(c) || c == '*';
    let (label, value) = (label.trim_matches(around), value.trim_matches(around));
    (name::shape(label).is_some() && !value.is_empty()).then_some((label, value))
}

/// Who wrote, edited, filmed it: judged by its words.
pub(super) fn is_credit(body: &str) -> bool {
    let text = inner(body);
    if sentence::columns(text) > MAX_COLUMNS {
        return false;
    }
    // The caption of a picture.
    if body.starts_with(['▲', '△', '▼', '◎']) {
        return true;
    }
    let lower = text.to_lowercase();
    if OPENINGS.iter().any(|opening| lower.starts_with(opening)) || is_made_by(&lower) {
        return true;
    }
    if text.ends_with(['。', '！', '？', '?', '!']) {
        return false;
    }
    match field(text) {
        Some((label, _)) => vocabulary::is_credit(&name::key(label)),
        // `记者 张三`, `编辑 李四 王五`.
        None => text.split_once(is_blank).is_some_and(|(word, rest)| {
            word.chars().count() > 1
                && !word.is_ascii()
                && vocabulary::is_credit(&name::key(word))
                && sentence::columns(rest) <= 24
        }),
    }
}

/// `Photos by Ann Lee.`, `Edited and produced by Ben Wu`.
fn is_made_by(lower: &str) -> bool {
    let Some((made, maker)) = lower.split_once(" by ") else { return false };
    let mut words = made.split_whitespace();
    let credited =
        words.clone().count() <= 4 && words.next().is_some_and(|first| vocabulary::is_credit(&name::key(first)));
    // `Music by the river is what I like.` is a sentence.
    credited && (!sentence::is_finished(maker) || maker.split_whitespace().count() <= 4)
}

/// `By Ann Lee`: only where credits may stand.
pub(super) fn is_byline(body: &str) -> bool {
    let text = inner(body);
    let name = ["By ", "BY ", "by "].iter().find_map(|by| text.strip_prefix(by));
    name.is_some_and(|name| name::shape(name.split(',').next().unwrap_or(name)) == Some(name::Shape::Name))
}

/// A running time, a date, an address, `地点：…`: judged by its words.
pub(super) fn is_fact(body: &str) -> bool {
    let text = inner(body);
    if sentence::columns(text) > MAX_COLUMNS {
        return false;
    }
    let timed = runtime::find(text).is_some_and(|(_, range)| range.start < 8);
    let named = field(text).is_some_and(|(label, value)| {
        vocabulary::is_fact(&name::key(label)) && !text.contains("://") && !sentence::is_speechlike(value)
    });
    timed || named || is_address(text) || is_date(text)
}

/// `label: value` with a value that nobody says. Where credits or facts stand, an unknown label is one too.
pub(super) fn is_field(body: &str) -> bool {
    field(inner(body)).is_some_and(|(_, value)| !sentence::is_speechlike(value))
}

/// `嘉宾：李四、王五`: who takes part, in front.
pub(super) fn is_cast(body: &str) -> bool {
    field(inner(body)).is_some_and(|(label, _)| vocabulary::is_speaker_word(&name::key(label)))
}

/// `注：以下为第二段录音。`, `【编者按】……`.
pub(super) fn is_note(body: &str) -> bool {
    let text = inner(body);
    let label =
        text.split_once([':', '：']).or_else(|| text.strip_prefix(['【', '[', '〔'])?.split_once(['】', ']', '〕']));
    label.is_some_and(|(label, _)| vocabulary::is_note(&name::key(label)))
}

/// A name stands behind the label: `记者：张三`, `嘉宾：李四、王五`.
pub(super) fn names_someone(value: &str) -> bool {
    let mut names = value.split(['、', ',', '，', ' ', '/', '（', '(']).filter(|part| !part.is_empty());
    !sentence::is_speechlike(value) && names.next().is_some_and(|first| name::shape(first) == Some(name::Shape::Name))
}

fn is_address(text: &str) -> bool {
    let text = text.trim_matches(['<', '>']);
    (text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www."))
        && !text.contains(is_blank)
}

/// Digits and nothing else but words and marks of dates.
pub(super) fn is_date(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let of_date = |word: &str| {
        DATE_WORDS.contains(&word.to_lowercase().as_str())
            || word.chars().all(|c| "年月日号時时分上下午星期周週一二三四五六".contains(c))
    };
    // `1:23` alone and `2016` are not dates: two separate numbers of a day at least.
    digits >= 3 && text.contains(['年', '月', '-', '/', '.', ' ']) && words.into_iter().all(of_date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_and_facts_are_told_from_speech() {
        for credit in [
            "供稿:宣传科",
            "编辑:吴晓",
            "责任编辑：张三",
            "文/张三",
            "图｜视觉中国",
            "（记者 张三）",
            "记者 张三 李四",
            "Photos by Ann Lee.",
            "Edited and produced by Ben Wu",
            "*Transcript: Ann Lee*",
            "© 2024 Example",
            "本文转自某某网",
            "**Producer:** Ann Lee",
            "編輯：王大明",
            "▲图片来源：网络",
            "攝影／圖：蔡明哲",
        ] {
            assert!(is_credit(credit), "{credit}");
        }
        for fact in [
            "视频时长:5分59秒",
            "2024-05-01 10:30",
            "2024年5月1日 星期三",
            "May 5, 2024",
            "地点：上海",
            "https://a.b/c",
            "Duration: 5:59",
        ] {
            assert!(is_fact(fact), "{fact}");
        }
        for speech in [
            "编辑：你怎么看这件事？",
            "我们做编辑的人。",
            "By then it was late.",
            "Yes, 12 of them",
            "1:23",
            "好",
            "图一乐",
        ] {
            assert!(!is_credit(speech) && !is_fact(speech), "{speech}");
        }
        assert!(is_byline("By Ann Lee") && is_byline("*By Ann Lee, Science Desk*") && !is_byline("By Monday we knew"));
    }
}
