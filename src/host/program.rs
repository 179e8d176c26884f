//! Other programs: none is needed for captions, nor for the usual media.

use std::path::{Path, PathBuf};

/// A program that zimu, or its tests, can use.
pub struct Program {
    /// Short name.
    pub id: &'static str,
    /// Names of its binary, the usual one first.
    pub binaries: &'static [&'static str],
    /// An environment variable that names its path instead.
    pub variable: &'static str,
    /// What it is for.
    pub purpose_en: &'static str,
    /// The same in Chinese.
    pub purpose_zh: &'static str,
}

/// Every such program, once.
pub static PROGRAMS: &[Program] = &[
    Program {
        id: "ffmpeg",
        binaries: &["ffmpeg"],
        variable: "ZIMU_FFMPEG",
        purpose_en: "decodes sound that zimu cannot decode itself: AC-3, E-AC-3, HE-AAC, MPEG-TS and others",
        purpose_zh: "解码 zimu 自身无法解码的声音：AC-3、E-AC-3、HE-AAC、MPEG-TS 等",
    },
    Program {
        id: super::espeak::ESPEAK,
        binaries: &["espeak-ng"],
        variable: "ZIMU_ESPEAK_NG",
        purpose_en: "tells the sounds of words that are neither Chinese nor English, so that they are heard too",
        purpose_zh: "提供中文和英文以外词语的读音，使其也能在声音中定位",
    },
    Program {
        id: "browser",
        binaries: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"],
        variable: "ZIMU_CHROMIUM",
        purpose_en: "zimu's own tests load the written captions in its <track>; making captions does not need it",
        purpose_zh: "zimu 自身的测试在它的 <track> 中加载所写的字幕；制作字幕不需要它",
    },
];

impl Program {
    /// The row of `id`.
    pub fn by_id(id: &str) -> Option<&'static Self> {
        PROGRAMS.iter().find(|program| program.id == id)
    }

    /// Where it is: what its variable says, or the first of its names in `PATH`.
    pub fn find(&self) -> Option<PathBuf> {
        if let Some(path) = std::env::var_os(self.variable).filter(|path| !path.is_empty()) {
            return Some(PathBuf::from(path)).filter(|path| is_program(path));
        }
        let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
        let names = self.binaries.iter().map(|name| format!("{name}{}", std::env::consts::EXE_SUFFIX));
        let mut places = names.flat_map(|name| folders.iter().map(move |folder| folder.join(&name)));
        places.find(|path| is_program(path))
    }
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}
