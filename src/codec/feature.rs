//! What a track can hold and a format may keep.

macro_rules! features {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal;)*) => {
        /// Something that a track can hold and a format may keep.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Feature { $($(#[doc = $doc])+ $name),* }

        /// Each feature, its name in JSON and on the command line, and what it is.
        pub static FEATURES: &[(Feature, &str, &str)] = &[$((Feature::$name, $id, concat!($($doc),+).trim_ascii())),*];
    };
}

features! {
    /// Exact times (otherwise rounded to the format's unit)
    ExactTimes = "exact-times";
    /// Cue identifiers
    CueId = "cue-id";
    /// Who speaks
    Voice = "voice";
    /// Language of a stretch of text
    Lang = "lang";
    /// Classes
    Class = "class";
    /// Bold
    Bold = "bold";
    /// Italic
    Italic = "italic";
    /// Underlined
    Underline = "underline";
    /// Struck through
    Strike = "strike";
    /// Text colour
    Color = "color";
    /// Background colour
    Background = "background";
    /// Font
    Font = "font";
    /// Ruby readings
    Ruby = "ruby";
    /// Glosses
    Gloss = "gloss";
    /// What is written and not said
    Unsaid = "unsaid";
    /// Emphasis marks
    Emphasis = "emphasis";
    /// Upright in vertical text
    Upright = "upright";
    /// Times inside a cue
    Shown = "inner-time";
    /// Placement
    Placement = "placement";
    /// Regions
    Region = "region";
    /// Comments
    Note = "note";
    /// Header text
    Header = "header";
    /// Frames a second
    FrameRate = "frame-rate";
    /// Time code of the first instant
    StartTimecode = "start-timecode";
    /// Language of the track
    TrackLang = "track-lang";
    /// Words with times, confidence, how times are known
    Evidence = "evidence";
}

impl Feature {
    /// Its name.
    pub fn name(self) -> &'static str {
        FEATURES.iter().find(|(feature, ..)| *feature == self).map_or("", |(_, name, _)| name)
    }
}
