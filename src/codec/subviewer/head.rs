//! The block above the cues: a field a line, `[AUTHOR]Ann`.

use super::timing::{instant, timing};

/// What is written above cues where the file says nothing else, and what is not kept when it is read.
pub(super) const USUAL: &str = "\
[INFORMATION]
[TITLE]
[AUTHOR]
[SOURCE]
[PRG]
[FILEPATH]
[DELAY]0
[CD TRACK]0
[COMMENT]
[END INFORMATION]
[SUBTITLE]
[COLF]&HFFFFFF,[STYLE]no,[SIZE]18,[FONT]Arial
";

const TITLE: &str = "[TITLE]";
const DELAY: &str = "[DELAY]";

/// A block, taken apart.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Head {
    /// Its lines, the title left out, a line end behind each.
    pub(super) block: String,
    pub(super) title: Option<String>,
    /// A delay that is not nothing.
    pub(super) delay: Option<String>,
}

impl Head {
    /// Of version 2.
    pub(super) fn read(text: &str) -> Self {
        let mut head = Self::default();
        let lines = text.split(['\n', '\r']).map(str::trim).map(|line| line.trim_start_matches('\u{FEFF}'));
        for line in lines.filter(|line| !line.is_empty()) {
            head.line(line);
        }
        head
    }

    /// Of version 1, where values stand below their fields: as version 2 says it.
    pub(super) fn read_first(text: &str) -> Self {
        let mut fields: Vec<String> = Vec::new();
        let lines = text.split(['\n', '\r']).map(str::trim).map(|line| line.trim_start_matches('\u{FEFF}'));
        for line in lines.filter(|line| !line.is_empty()) {
            let marks = ["[BEGIN]", "[INFORMATION]", "[END INFORMATION]", "[SUBTITLE]"];
            if line.starts_with("***") || marks.iter().any(|mark| line.eq_ignore_ascii_case(mark)) {
                continue;
            }
            match fields.last_mut().filter(|last| !line.starts_with('[') && last.ends_with(']')) {
                Some(last) => last.push_str(line),
                None => fields.push(line.to_owned()),
            }
        }
        let mut head = Self::default();
        if !fields.is_empty() {
            head.line("[INFORMATION]");
            fields.iter().for_each(|field| head.line(field));
            head.line("[END INFORMATION]");
            head.line("[SUBTITLE]");
        }
        head
    }

    fn line(&mut self, line: &str) {
        let value = |name: &str| {
            let start = line.get(..name.len()).filter(|start| start.eq_ignore_ascii_case(name));
            start.and_then(|_| line.get(name.len()..)).map(str::trim)
        };
        let nothing = |delay: &str| delay.is_empty() || delay.parse() == Ok(0.0);
        if let Some(title) = value(TITLE).filter(|title| self.title.is_none() && !title.is_empty()) {
            self.title = Some(title.to_owned());
            self.block.push_str(TITLE);
        } else {
            self.block.push_str(line);
        }
        self.block.push('\n');
        if let Some(delay) = value(DELAY).filter(|delay| !nothing(delay)) {
            self.delay = Some(delay.to_owned());
        }
    }

    /// The block with its title, as it stands above cues.
    pub(super) fn write(block: &str, title: Option<&str>) -> String {
        match title {
            Some(title) => block.replacen(TITLE, &[TITLE, title].concat(), 1),
            None => block.to_owned(),
        }
    }

    /// A block that is read again as it is, with this title.
    pub(super) fn fits(block: &str, title: Option<&str>) -> bool {
        let written = Self::write(block, title);
        let quiet = written.split('\n').all(|line| timing(line).is_none() && instant(line).is_none());
        let again = Self::read(&written);
        quiet && !block.is_empty() && again.block == block && again.title.as_deref() == title
    }
}

/// `[COLF]&HFFFFFF,[SIZE]12`: how cues look from here on.
pub(super) fn is_looks(line: &str) -> bool {
    let begins = |name: &str| line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    ["[COLF]", "[STYLE]", "[SIZE]", "[FONT]"].into_iter().any(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_is_taken_out_and_put_in() {
        let head = Head::read("\u{FEFF}[INFORMATION]\r\n[TITLE] A talk \r\n[DELAY]0\r\n\r\n[END INFORMATION]\r\n");
        assert_eq!(head.title.as_deref(), Some("A talk"));
        assert_eq!(head.block, "[INFORMATION]\n[TITLE]\n[DELAY]0\n[END INFORMATION]\n");
        assert_eq!(Head::write(&head.block, Some("B")), "[INFORMATION]\n[TITLE]B\n[DELAY]0\n[END INFORMATION]\n");
        assert!(Head::fits(USUAL, None) && Head::fits(USUAL, Some("x")) && !Head::fits("[A]\n", Some("x")));
        assert!(!Head::fits(" a\n", None) && !Head::fits("0:00:01.0,0:00:02.0\n", None));
    }

    #[test]
    fn fields_of_version_1_become_those_of_version_2() {
        let head = Head::read_first("[TITLE]\nA talk\n[AUTHOR]\n[DELAY]\n5\n[BEGIN]\n***** START SCRIPT *****\n");
        assert_eq!(head.block, "[INFORMATION]\n[TITLE]\n[AUTHOR]\n[DELAY]5\n[END INFORMATION]\n[SUBTITLE]\n");
        assert_eq!((head.title.as_deref(), head.delay.as_deref()), (Some("A talk"), Some("5")));
    }
}
