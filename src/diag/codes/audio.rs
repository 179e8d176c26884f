//! Codes of `audio`.

codes! {
    DAMAGED = "audio/damaged", Warning,
        "a packet of sound is damaged and became silence: {reason}", "有一段声音数据已损坏，以静音代替：{reason}";
    TRUNCATED = "audio/truncated", Warning,
        "the media file ends in the middle; what came before is used ({reason})", "媒体文件中途截断；已使用之前的内容（{reason}）";
    BROKEN_OFF = "audio/broken-off", Error,
        "the media file is damaged here; what came before is used: {reason}", "媒体文件在此处损坏；已使用之前的内容：{reason}";
    GAP = "audio/gap", Note,
        "there is no sound for {length}; silence stands in its place (Chromium plays on without it, and shows captions behind it late)", "此处缺少 {length} 的声音，以静音代替（Chromium 会跳过这段空缺，其后的字幕会显得偏晚）";
    TIMES_JUMP = "audio/times-jump", Warning,
        "the times in the media file jump by {by}; taken for an error, the sound goes on without a gap", "媒体文件中的时间跳变 {by}；视为错误，声音不间断地继续";
    RATE_CHANGES = "audio/rate-changes", Warning,
        "the sample rate changes to {rate} Hz in the middle; that part is left out", "采样率在中途变为 {rate} Hz；该部分已略去";
    BY_PROGRAM = "audio/by-program", Note,
        "zimu cannot decode {what} itself; {program} does", "zimu 自身无法解码 {what}，改用 {program}";
    PROGRAM_FAILED = "audio/program-failed", Warning,
        "{program} ended with an error; what it gave before is used: {reason}", "{program} 因出错而结束；已使用此前得到的内容：{reason}";
    CHAINED = "audio/chained", Note,
        "another recording begins here in the same file; it is heard as the continuation", "文件中从此处开始另一段录音；按接续处理";
    CHAIN_ENDS = "audio/chain-ends", Warning,
        "another recording of another codec begins here in the same file; it is left out", "文件中从此处开始另一段录音，编码不同；已略去";
    PIECES = "audio/pieces", Note,
        "an edit list puts the sound together from {count} pieces; zimu cuts them to the sample, ffmpeg and browsers at whole packets (up to 50 ms off), and browsers may stop where a piece goes back", "编辑列表将 {count} 段声音拼接而成；zimu 精确到采样点，ffmpeg 和浏览器按整个数据包剪切（相差可达 50 毫秒），若某段往回跳，浏览器可能就此停止";
}
