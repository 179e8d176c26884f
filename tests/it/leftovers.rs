//! Leftovers for random tracks, as readers make them: format, key, value.

pub(crate) type Row = (&'static str, &'static str, &'static str);

/// In a text.
pub(crate) const IN_TEXT: &[Row] = &[
    ("srt", "tag", "{\\b1}"),
    ("srt", "tag", "{\\an8}"),
    ("srt", "tag", "</i>"),
    ("srt", "tag", "<c.x>"),
    ("srt", "tag", "<font blink>"),
    ("ass", "tag", "\\fad(150,150)"),
    ("ass", "tag", "\\t(0,100,\\fs40"),
    ("ass", "tag", "\\r"),
    ("ass", "tag", "\\b1"),
    ("ass", "tag", "\\p1"),
    ("ass", "tag", "a comment"),
    ("ass", "shape", "m 0 0 l 9 0"),
    ("ttml", "style", "tts:opacity=\"0.5\""),
    ("ttml", "style", "x:y=\"&amp;1\" xmlns:x=\"urn:x\""),
    ("ttml", "element", "<set begin=\"1s\"/>"),
    ("sami", "tag", "<span style=\"x\">"),
    ("sami", "tag", "<font color=nocolour>"),
    ("sami", "tag", "<b>"),
];

/// Of a cue.
pub(crate) const OF_CUES: &[Row] = &[
    ("srt", "coordinates", "X1:1 X2:2"),
    ("srt", "settings", "align:start"),
    ("ass", "style", "Loud"),
    ("ass", "layer", "5"),
    ("ass", "margin-v", "30"),
    ("ass", "effect", "Banner;30"),
    ("ass", "fields", "Dialogue:0,0:00:01.00,0:00:02.00,Default,,0,0,0,,"),
    ("ass", "text", "{\\kf20}a{\\b}"),
    ("ttml", "style", "tts:lineHeight=\"125%\" ttm:role=\"caption\""),
    ("ttml", "in-region", "r"),
    ("scc", "rows", "15:3"),
    ("scc", "rows", "2:0 15:7"),
    ("vobsub", "picture", "000001000"),
    ("stl", "field", "20 2 61"),
    ("stl", "field", "22 2 0d0b0b610a0a"),
    ("stl", "field", "22 0 8f"),
    ("stl", "effects", "22 2 0861"),
    ("stl", "cumulative", "1"),
    ("stl", "cumulative", "9"),
    ("stl", "group", "2"),
    ("stl", "user-data", "before 00000a0001000a000300140200757365"),
    ("stl", "user-data", "before-1 00000a0001000a000300140200757365"),
    ("stl", "user-data", "1 00000a0001000a000300140200"),
    ("stl", "user-data", "after 02000a0001000a000300140200008f01"),
    ("stl", "user-data", "after 02000a0001000a0003001402008f"),
    ("audacity", "frequencies", "120.500000\t4000.000000"),
    ("audacity", "frequencies", "low\thigh"),
    ("subviewer", "looks", "[COLF]&H00FFFF,[SIZE]24"),
    ("subviewer", "looks", "24"),
    ("csv", "cells", "\"note\": \"=checked\""),
    ("csv", "cells", "\"b, c\": \"1\", \"note\": \"2\""),
    ("csv", "cells", "\"start\": \"1\""),
    ("csv", "derived", "\"#\": \"7\""),
];

/// Of a track.
pub(crate) const OF_TRACKS: &[Row] = &[
    ("bcc", "fields", "\"sid\": 1, \"music\": 0"),
    ("bcc", "font_size", "0.6"),
    ("bcc", "Stroke", "\"outline\""),
    ("ass", "lines", "[Fonts]\nfontname: a.ttf\n0"),
    ("ass", "lines", "; by hand\n1"),
    ("ass", "blank", "\n1"),
    ("ass", "zeros", ""),
    ("scc", "non-drop", ""),
    ("stl", "user-data", "0 00000a0001000a000300140200757365"),
    ("stl", "user-data", "700 00000a0001000a000300140200757365"),
    ("stl", "DSC", "0"),
    ("stl", "DSC", "1"),
    ("stl", "TPT", "Un café"),
    ("stl", "MNR", "99"),
    ("stl", "MNC", "38"),
    ("stl", "MNC", "40"),
    ("stl", "CO", "FRANCE"),
    ("stl", "UDA", "a\nb"),
    ("subviewer", "information", "[INFORMATION]\n[TITLE]\n[AUTHOR]Ann\n[END INFORMATION]\n[SUBTITLE]\n"),
    ("subviewer", "information", "[AUTHOR]Ann\n"),
    ("sami", "style", "ENCC\n<!-- .ENCC {lang:en} -->"),
    ("sami", "style", "XCC\n.XCC {Name:X}"),
    ("sami", "param", "Metrics {time:ms;}"),
    ("textgrid", "extent", "0 6000000"),
    ("textgrid", "extent", "-5 6000000.5"),
    ("textgrid", "tier", "words"),
    ("textgrid", "short", ""),
    ("csv", "above", "sep=;\nA talk\n"),
    ("csv", "above", "start,text\n"),
    ("csv", "delimiter", ";"),
    ("csv", "columns", "[\"b, c\",\"empty\",\"note\",\"#\"]"),
    ("ass", "comment", "Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,a\n0"),
    ("ass", "drawing", "Dialogue: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,{\\p1}m 0 0 l 9 0\n1"),
    ("ass", "script-info-and-styles", ASS_HEAD),
    ("ass", "script-info-and-styles", SSA_HEAD),
    ("ttml", "attributes", "tts:extent=\"640px 480px\""),
    ("ttml", "metadata", "<x:y xmlns:x=\"urn:x\">z</x:y>"),
    ("ttml", "region", "xml:id=\"r\" tts:origin=\"10% 80%\" tts:extent=\"80% 15%\" tts:displayAlign=\"after\""),
    (
        "ttml",
        "styled-region",
        "xml:id=\"s\" tts:origin=\"0% 0%\" tts:extent=\"100% 100%\" tts:displayAlign=\"before\" tts:zIndex=\"1\"",
    ),
    ("ttml", "body-style", "tts:fontFamily=\"default\""),
    ("ttml", "body-style", "tts:fontFamily=\"monospaceSansSerif\""),
];

const ASS_HEAD: &str = "\
[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Italic, Alignment
Style: Default,0,2
Style: Loud,-1,8

[Events]
Format: Layer, Start, End, Style, Name, Effect, Text
";

const SSA_HEAD: &str = "\
[Script Info]
ScriptType: v4.00
[V4 Styles]
Style: Loud,Arial,20,255,0,0,0,-1,0,1,0,0,6,0,0,0,0,0
[Events]
";
