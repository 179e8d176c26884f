//! Codes of `audio`.

codes! {
    DAMAGED = "audio/damaged", Warning,
        "a packet of sound is damaged and became silence: {reason}", "有一段声音数据已损坏，以静音代替：{reason}";
    TRUNCATED = "audio/truncated", Warning,
        "the media file ends in the middle; what came before is used ({reason})", "媒体文件中途截断；已使用之前的内容（{reason}）";
    BROKEN_OFF = "audio/broken-off", Error,
        "the media file is damaged here; what came before is used: {reason}", "媒体文件在此处损坏；已使用之前的内容：{reason}";
    GAP = "audio/gap", Note,
        "there is no sound for {length}; silence stands in its place", "此处缺少 {length} 的声音，以静音代替";
    TIMES_JUMP = "audio/times-jump", Warning,
        "the times in the media file jump by {by}; taken for an error, the sound goes on without a gap", "媒体文件中的时间跳变 {by}；视为错误，声音不间断地继续";
    RATE_CHANGES = "audio/rate-changes", Warning,
        "the sample rate changes to {rate} Hz in the middle; that part is left out", "采样率在中途变为 {rate} Hz；该部分已略去";
    BY_PROGRAM = "audio/by-program", Note,
        "zimu cannot decode {what} itself; {program} does", "zimu 自身无法解码 {what}，改用 {program}";
    PROGRAM_FAILED = "audio/program-failed", Warning,
        "{program} ended with an error; what it gave before is used: {reason}", "{program} 因出错而结束；已使用此前得到的内容：{reason}";
}
