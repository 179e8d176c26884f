//! Which column of a table holds what, by the names in its first row: of dialogue in articles, and of timed cues.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// When a line begins.
    Start,
    /// When it ends.
    End,
    /// How long it stands.
    Duration,
    /// What is said.
    Text,
    /// Who says it.
    Speaker,
    /// The name of the line.
    Id,
    /// Which line it is, counted.
    Index,
}

/// What numbers in a column count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Millis,
    /// Frames.
    Frames,
}

/// Names of columns, in lower case and without spaces and marks, the usual ones first.
static NAMES: &[(Column, &[&str])] = &[
    (
        Column::Start,
        &[
            "start",
            "starttime",
            "begin",
            "begintime",
            "in",
            "timein",
            "intime",
            "inpoint",
            "tcin",
            "timecodein",
            "starttimecode",
            "starttc",
            "onset",
            "from",
            "开始",
            "开始时间",
            "開始",
            "開始時間",
            "起始",
            "起始时间",
            "起始時間",
            "入点",
            "入點",
            "time",
            "timecode",
            "timestamp",
            "时间",
            "時間",
            "时间码",
            "時間碼",
        ],
    ),
    (
        Column::End,
        &[
            "end",
            "endtime",
            "stop",
            "stoptime",
            "out",
            "timeout",
            "outtime",
            "outpoint",
            "tcout",
            "timecodeout",
            "endtimecode",
            "endtc",
            "finish",
            "to",
            "结束",
            "结束时间",
            "結束",
            "結束時間",
            "终止",
            "终止时间",
            "終止時間",
            "截止",
            "出点",
            "出點",
        ],
    ),
    (Column::Duration, &["duration", "dur", "length", "时长", "時長", "持续时间", "持續時間"]),
    (
        Column::Text,
        &[
            "text",
            "caption",
            "captions",
            "subtitle",
            "subtitles",
            "content",
            "dialogue",
            "dialog",
            "line",
            "utterance",
            "transcript",
            "transcription",
            "sentence",
            "台词",
            "台詞",
            "字幕",
            "内容",
            "內容",
            "对白",
            "對白",
            "文本",
            "文字",
            "原文",
        ],
    ),
    (
        Column::Speaker,
        &[
            "speaker",
            "speakername",
            "character",
            "role",
            "name",
            "who",
            "说话人",
            "说话者",
            "說話人",
            "發言人",
            "发言人",
            "講者",
            "讲者",
            "角色",
            "人物",
            "姓名",
        ],
    ),
    (Column::Id, &["id", "cueid", "identifier", "标识", "標識"]),
    (Column::Index, &["#", "index", "no", "nr", "number", "序号", "序號", "编号", "編號"]),
];

/// Names of units.
static UNITS: &[(Unit, &[&str])] = &[
    (Unit::Millis, &["ms", "msec", "millis", "milliseconds", "毫秒"]),
    (Unit::Seconds, &["s", "sec", "secs", "second", "seconds", "秒"]),
    (Unit::Frames, &["f", "frame", "frames", "帧", "幀"]),
];

/// No name of a column is longer.
const LONGEST: usize = 80;

/// A name, understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) column: Column,
    /// Of the names of such a column, which: 0 is the most usual.
    pub(crate) rank: usize,
    /// The unit, if the name says one: `start (ms)`, `end_s`.
    pub(crate) unit: Option<Unit>,
}

/// What the name of a column says; `None` for another column.
pub(crate) fn named(cell: &str) -> Option<Named> {
    let cell = cell.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\u{FEFF}'));
    if cell.len() > LONGEST {
        return None;
    }
    let lower = cell.to_lowercase();
    let (name, unit) = split_unit(&lower);
    let name: String = name.chars().filter(|c| c.is_alphanumeric() || *c == '#').collect();
    NAMES.iter().find_map(|(column, names)| {
        let rank = names.iter().position(|known| *known == name)?;
        Some(Named { column: *column, rank, unit })
    })
}

/// `start (ms)`, `start_ms`, `开始（秒）`: the name and the unit. What stands in brackets is never part of the name.
fn split_unit(name: &str) -> (&str, Option<Unit>) {
    let unit = |text: &str| {
        let text = text.trim_matches(|c: char| !c.is_alphanumeric());
        UNITS.iter().find(|(_, names)| names.contains(&text)).map(|(unit, _)| *unit)
    };
    if let Some((before, inside)) = name.split_once(['(', '[', '（', '【']) {
        return (before, unit(inside));
    }
    match name.rsplit_once(['_', ' ', '-']).map(|(before, last)| (before, unit(last))) {
        Some((before, Some(unit))) => (before, Some(unit)),
        _ => (name, None),
    }
}

/// The column of a row of names that holds this: of several the one with the most usual name.
pub(crate) fn find<'a>(row: impl IntoIterator<Item = &'a str>, column: Column) -> Option<usize> {
    let ranks = row.into_iter().map(named).enumerate();
    let fitting = ranks.filter_map(|(at, named)| Some((named.filter(|named| named.column == column)?.rank, at)));
    fitting.min().map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_understood_in_any_spelling() {
        for (cell, column, unit) in [
            ("Start", Column::Start, None),
            ("\u{FEFF}\"Start Time\"", Column::Start, None),
            ("start_ms", Column::Start, Some(Unit::Millis)),
            ("End (s)", Column::End, Some(Unit::Seconds)),
            ("Time Out", Column::End, None),
            ("TC-In [frames]", Column::Start, Some(Unit::Frames)),
            ("开始时间（毫秒）", Column::Start, Some(Unit::Millis)),
            ("结束", Column::End, None),
            ("Speaker Name", Column::Speaker, None),
            ("#", Column::Index, None),
            ("In (hh:mm:ss)", Column::Start, None),
        ] {
            let found = named(cell).unwrap();
            assert_eq!((found.column, found.unit), (column, unit), "{cell}");
        }
        for cell in ["", "translation", "(ms)", "startle", &"start".repeat(100)] {
            assert_eq!(named(cell), None, "{cell}");
        }
    }

    #[test]
    fn the_most_usual_name_is_the_column() {
        assert_eq!(find(["time", "start", "text"], Column::Start), Some(1));
        assert_eq!(find(["text", "content"], Column::Text), Some(0));
        assert_eq!(find(["text"], Column::End), None);
    }

    #[test]
    fn no_name_is_given_twice() {
        let mut all: Vec<_> = NAMES.iter().flat_map(|(_, names)| names.iter()).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
