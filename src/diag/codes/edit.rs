//! Noticed while a file is changed in place.

codes! {
    REWRITTEN = "edit/rewritten", Note,
        "{format} cannot be changed in place: the file was written anew", "{format} 无法就地修改，文件已重新写出";
    TEXT_KEPT = "edit/text-kept", Warning,
        "the text could not be changed in place and stays as it was", "文本无法就地修改，保持原样";
    TIME_KEPT = "edit/time-kept", Warning,
        "the time `{text}` could not be changed in place and stays as it was", "时间“{text}”无法就地修改，保持原样";
    CUE_KEPT = "edit/cue-kept", Warning,
        "the cue could not be changed in place and stays as it was", "该字幕无法就地修改，保持原样";
    PLACE_KEPT = "edit/place-kept", Warning,
        "the cue stays where it is: elsewhere in this file it would not be read as the same cue, or something depends on its place", "该条字幕留在原处：移到此文件的别处会读成不同的内容，或有内容取决于它的位置";
}
