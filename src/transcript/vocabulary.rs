//! Words that speak for or against a reading. They are evidence that is weighed with form and recurrence (`cast`),
//! never the whole decision.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Who or what a person is in an interview: speaks for a label.
#[rustfmt::skip]
static SPEAKERS: &[&str] = &[
    "主持人", "主持", "主播", "记者", "記者", "问", "答", "問", "提问", "采访者", "受访者", "訪談者", "受訪者",
    "嘉宾", "嘉賓", "来宾", "與談人", "与谈人", "旁白", "画外音", "男", "女", "众", "老师", "老師", "学生", "學生",
    "观众", "觀眾", "host", "guest", "interviewer", "interviewee", "moderator", "presenter", "narrator", "speaker",
    "panelist", "reporter", "caller", "audience", "voiceover", "question", "answer", "q", "a", "chair", "operator",
    "man", "woman",
];

/// Ends of Chinese titles: a label such as `王老师` or `李主任` is a person's.
#[rustfmt::skip]
static TITLES: &[&str] = &[
    "老师", "老師", "教授", "主任", "先生", "女士", "小姐", "博士", "医生", "醫生", "院长", "院長", "校长", "校長",
    "部长", "部長", "局长", "局長", "经理", "經理", "总", "總", "主席", "议员", "議員", "委员", "委員", "同学",
    "同學", "律师", "律師", "会长", "會長", "主持人", "记者", "記者", "嘉宾", "嘉賓", "导演", "導演", "所长", "所長",
    "工", "阿姨", "叔叔", "奶奶", "爷爷",
];

/// Surnames that start most Chinese names, both scripts.
static SURNAMES: &str = "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾\
    彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段\
    钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文庞龐樊兰蘭殷施陶洪翟颜顏倪严嚴牛温溫芦俞章鲁魯葛伍韦韋申尤毕畢聂聶焦向柳邢岳齐齊梅莫庄莊\
    辛管祝左涂谷祁时時舒耿牟卜路詹关關苗凌费費纪紀靳盛童欧歐甄项項曲成游阳陽裴席卫衛查屈鲍鮑覃霍翁隋甘景薄单單包司柏宁寧柯阮桂闵\
    闽解强強柴华華车車冉房边邊上官诸葛";

/// Labels of credits that name someone: with them a person may speak as well.
#[rustfmt::skip]
static MAKERS: &[&str] = &[
    "编辑", "編輯", "责编", "責編", "主编", "主編", "作者", "记者", "記者", "通讯员", "通訊員", "导演", "導演",
    "编导", "編導", "监制", "監製", "制片", "製片", "摄影", "攝影", "翻译", "翻譯", "策划", "策劃", "总监", "總監",
    "editor", "producer", "photographer", "writer", "author", "director", "engineer", "translator",
];

/// Labels of other credits. A label that ends with one of the Chinese words counts too (`责任编辑`).
#[rustfmt::skip]
static CREDITS_ZH: &[&str] = &[
    "美编", "美編", "编审", "編審", "供稿", "撰稿", "撰文", "采写", "採寫", "采访", "採訪", "来源", "來源", "图源",
    "圖源", "出处", "出處", "摄像", "攝像", "拍摄", "拍攝", "图片", "圖片", "供图", "供圖", "配图", "配圖", "视频",
    "影片", "剪辑", "剪輯", "制作", "製作", "出品", "出品人", "统筹", "統籌", "校对", "校對", "审核", "審核", "审校",
    "審校", "复审", "终审", "初审", "排版", "设计", "設計", "海报", "海報", "后期", "後期", "配音", "录音", "錄音",
    "字幕", "编译", "編譯", "整理", "运营", "運營", "文", "图", "圖", "文字", "素材", "音乐", "音樂", "鸣谢", "鳴謝",
    "口述", "记录整理", "转自", "轉自", "转载", "轉載", "值班", "执行", "執行", "版权", "版權", "原标题", "原標題",
];

/// The same in English: whole labels, or the beginning of a line when followed by `by`.
#[rustfmt::skip]
static CREDITS_EN: &[&str] = &[
    "edited", "produced", "executiveproducer", "photo", "photos", "photograph", "photographs", "photography",
    "written", "story", "reported", "reporting", "directed", "filmed", "camera", "sound", "sounddesign", "music",
    "mixed", "transcribed", "transcript", "transcription", "translated", "translation", "subtitles", "captions",
    "illustration", "illustrations", "image", "images", "graphics", "video", "source", "sources", "credit", "credits",
    "copyright", "interview", "interviewed", "compiled", "recorded", "presented", "proofreading",
];

/// Labels of facts about the piece, and words that introduce a remark in running text. Nobody is called so.
#[rustfmt::skip]
static FACTS: &[&str] = &[
    "时间", "時間", "日期", "地点", "地點", "时长", "時長", "视频时长", "片长", "片長", "标题", "標題", "题目",
    "主题", "主題", "议题", "議題", "关键词", "關鍵詞", "摘要", "导语", "導語", "简介", "簡介", "导读", "導讀",
    "嘉宾简介", "人物简介", "链接", "鏈接", "連結", "网址", "網址", "电话", "電話", "邮箱", "郵箱", "地址", "栏目",
    "欄目", "活动", "活動", "会议", "會議", "出席", "列席", "缺席", "记录", "紀錄", "编号", "备注", "備註", "附",
    "例如", "比如", "譬如", "举例", "其中", "其一", "其二", "其三", "首先", "其次", "再次", "最后", "最後", "第一",
    "第二", "第三", "一是", "二是", "三是", "结论", "結論", "总结", "總結", "总之", "總之", "小结", "结果", "結果",
    "原因", "问题", "問題", "方法", "目的", "意思是", "也就是", "也就是说", "换句话说", "換句話說", "简单来说",
    "如下", "包括", "提示", "注意", "警告", "说明", "說明", "背景", "关键", "關鍵", "重点", "重點", "任务", "任務",
    "成本", "安全", "高度", "数据", "數據", "图", "表", "date", "time", "place", "location", "venue", "duration",
    "length", "runtime", "runningtime", "title", "subject", "topic", "topics", "agenda", "tags", "keywords",
    "abstract", "summary", "link", "links", "url", "website", "email", "phone", "address", "episode", "season",
    "published", "posted", "updated", "update", "present", "absent", "attendees", "participants", "apologies",
    "minutes", "note", "notes", "nb", "ps", "example", "examples", "eg", "ie", "warning", "caution", "tip", "hint",
    "important", "conclusion", "introduction", "intro", "outro", "background", "overview", "result", "results",
    "reason", "problem", "solution", "first", "second", "third", "finally", "firstly", "secondly", "step", "chapter",
    "part", "section", "figure", "fig", "table", "listing", "disclaimer", "correction", "related", "seealso",
    "readmore", "http", "https", "ftp", "mailto", "file", "re", "fwd", "to", "from", "cc", "todo", "action",
    "actions", "decision", "thefollowing", "bottomline",
];

/// Ends of such labels: `采访时间`, `会议主题`.
#[rustfmt::skip]
static FACT_ENDS: &[&str] = &[
    "时间", "時間", "日期", "地点", "地點", "时长", "時長", "主题", "主題", "链接", "連結", "对象", "對象", "关键词",
    "關鍵詞", "参会人", "與會者", "与会者",
];

/// Labels of editors' notes between the turns.
#[rustfmt::skip]
static NOTES: &[&str] = &[
    "注", "註", "按", "笔者注", "筆者註", "采访手记", "採訪手記", "导语", "導語", "导读", "導讀", "前言", "题记", "題記", "编者按", "編者按", "编者注", "編者註", "记者注", "記者註", "译注", "譯註", "译者注", "譯者註", "编注", "編註", "editor'snote", "ednote",
];

/// Verbs that introduce a quotation at the end of a phrase: `他说：`, `she said:`.
#[rustfmt::skip]
static SAYING: &[&str] = &[
    "说", "說", "道", "表示", "认为", "認為", "指出", "介绍", "介紹", "强调", "強調", "回忆", "回憶", "坦言", "写道",
    "寫道", "告诉", "告訴", "想", "问我", "问他", "如下", "包括", "即", "是", "有", "点", "點", "个", "個", "said",
    "says", "asked", "asks", "added", "adds", "wrote", "writes", "replied", "explained", "explains", "recalls",
    "continued", "thought", "is", "are", "was", "were", "this", "that", "these", "following", "things", "like",
    "follows",
];

/// Sounds and gestures, exactly as they stand in brackets.
#[rustfmt::skip]
static DIRECTIONS: &[&str] = &[
    "笑", "大笑", "微笑", "苦笑", "众笑", "眾笑", "全场笑", "笑声", "笑聲", "掌声", "掌聲", "鼓掌", "热烈掌声",
    "音乐", "音樂", "片头", "片頭", "片尾", "停顿", "停頓", "沉默", "叹气", "嘆氣", "咳嗽", "点头", "點頭", "摇头",
    "搖頭", "哭", "哽咽", "听不清", "聽不清", "无法辨识", "字幕", "旁白", "画外音", "完", "略", "下略", "省略",
    "插播", "广告", "廣告", "众人", "欢呼", "歡呼", "哈哈", "思考", "music", "pause", "silence", "noise", "break",
    "sic", "inaudible", "indiscernible", "unintelligible", "crosstalk", "cross talk", "foreign", "beep", "nods",
    "bleep", "ad break", "end", "overlapping", "phonetic", "intro", "outro", "theme", "theme music", "化名", "狗头", "狗頭", "手动狗头", "捂脸", "doge", "音译",
    "音譯", "音", "原文如此", "下同", "见图", "見圖", "如图", "如圖", "pseudonym", "not his real name",
    "not her real name", "name changed", "emphasis added", "translated", "edited",
];

/// Beginnings of words for sounds and gestures, in a short remark in brackets.
#[rustfmt::skip]
static DIRECTION_STEMS: &[&str] = &[
    "笑", "掌声", "掌聲", "鼓掌", "音乐", "音樂", "叹", "嘆", "沉默", "停顿", "停頓", "哽咽", "编者注", "編者註",
    "编者按", "记者注", "記者註", "译注", "譯註", "译者注", "清嗓", "清了清嗓", "指着", "指著", "起身", "拍手", "举手",
    "舉手", "挥手", "揮手", "比划", "比劃", "手势", "手勢", "转身", "轉身", "看向", "流泪", "流淚", "落泪", "落淚",
    "抹泪", "皱眉", "皺眉", "耸肩", "聳肩", "下称", "下稱", "以下简称", "以下簡稱", "以下称", "以下稱", "简称",
    "簡稱", "插话", "插話", "打断", "打斷", "画面：", "畫面：", "镜头：", "鏡頭：", "字幕：", "soundbite", "laugh", "chuckl", "giggl", "applau", "clap", "cheer",
    "sigh", "cough", "sobs", "crying", "gasp", "whisper", "music", "sound of", "clears throat", "clearing throat",
    "crosstalk", "editor's note", "ed. note", "editor’s note", "phone rings", "door ", "pauses", "smiles", "speaks ",
    "speaking ", "in mandarin", "in english", "inaudible", "unintelligible", "sings", "singing",
];

/// Words that a term does not begin with or lies behind, in the run of Han characters before a gloss.
pub(super) static HAN_STOPS: &str = "的了是在和与與及把被让讓对對从從到以而也就都还還要会會能可这這那个個我们們你您他她它不没沒有很并並或等做叫称稱为為即指所\
    于於用将將给給向跟请請说說看想去来來过過着著吗嗎呢吧啊又再更最只每某像比当當";

/// Words that a term mostly lies behind: who does something to it, and what.
#[rustfmt::skip]
pub(super) static HAN_LEADS: &[&str] = &[
    "我们", "我們", "你们", "你們", "他们", "他們", "咱们", "公司", "发射", "發射", "推出", "打开", "打開", "使用",
    "利用", "采用", "採用", "应用", "應用", "研究", "讨论", "討論", "介绍", "介紹", "开发", "開發", "研发", "研發",
    "学习", "學習", "收购", "收購", "训练", "訓練", "发布", "發布", "加入", "创办", "創辦", "创立", "創立", "投资",
    "投資", "购买", "購買", "拜访", "拜訪", "参加", "參加", "属于", "屬於", "关于", "關於", "通过", "通過", "比如",
    "例如", "包括", "所谓", "所謂", "专注", "專注", "从事", "從事", "就是", "不是", "也是", "还是", "還是", "没有",
    "沒有", "以及", "或者", "因为", "因為", "作为", "作為", "成为", "成為", "接触", "接觸", "了解", "认识", "認識",
    "发明", "發明", "提出", "提到", "提起", "实现", "實現", "喜欢", "喜歡", "怎么", "怎麼", "什么", "什麼", "今天",
    "现在", "現在", "后来", "後來", "这个", "這個", "那个", "那個", "一种", "一種", "一个", "一個", "叫做", "叫作",
    "名为", "名為", "进入", "進入", "来自", "來自", "负责", "負責", "有用", "加上", "参考", "參考", "类似", "類似", "甚至", "基于", "基於", "依靠", "需要", "造",
    "买", "買", "卖", "賣", "见", "見", "写", "寫", "读", "讀", "讲", "講", "学", "學", "聊", "玩",
];

/// Characters that are a word of their own for a dictionary, yet belong to the word behind them.
pub(super) static HAN_PREFIXES: &[&str] = &["无", "無", "非", "超", "半", "反"];

/// Words that an English term does not begin with.
#[rustfmt::skip]
pub(super) static LATIN_STOPS: &[&str] = &[
    "a", "an", "the", "my", "our", "your", "his", "her", "its", "their", "this", "that", "of", "to", "in", "on",
    "for", "from", "by", "is", "was", "are", "be", "and", "or", "as", "with", "called", "say", "says", "it", "we",
    "i", "you", "they", "some", "any", "new", "at", "into", "about", "use", "used", "using", "called", "named",
    "term", "word",
];

/// A word that says what role someone has. `key` as [`super::name::key`] makes it.
pub(super) fn is_speaker_word(key: &str) -> bool {
    SPEAKERS.contains(&key.trim_end_matches(|c: char| c.is_ascii_digit()))
        || key.chars().count() == 3 && key.starts_with("嘉宾")
}

/// A Chinese title stands at the end.
pub(super) fn has_title(name: &str) -> bool {
    TITLES.iter().any(|title| name.ends_with(title))
}

/// It starts with a surname.
pub(super) fn has_surname(name: &str) -> bool {
    name.chars().next().is_some_and(|c| SURNAMES.contains(c))
}

/// The label of a credit, or of several at once (`摄影/文`).
pub(super) fn is_credit(key: &str) -> bool {
    let compound = |key: &str, word: &str| word.len() > 3 && key.ends_with(word);
    key.split(['/', '、', '&']).any(|key| {
        let key = key.trim_end_matches("by");
        // Most labels are in one script: English ones need not be held against the Chinese list.
        let listed = MAKERS.iter().chain(CREDITS_ZH.iter().filter(|_| !key.is_ascii()));
        let chinese = listed.into_iter().any(|word| key == *word || !word.is_ascii() && compound(key, word));
        chinese || CREDITS_EN.contains(&key)
    })
}

/// The label of a credit that may be a speaker's too.
pub(super) fn is_maker(key: &str) -> bool {
    MAKERS.contains(&key)
}

/// The label of an editor's note.
pub(super) fn is_note(key: &str) -> bool {
    NOTES.contains(&key)
}

/// The label of a fact about the piece, or the beginning of a remark.
pub(super) fn is_fact(key: &str) -> bool {
    let key = key.trim_end_matches(|c: char| c.is_ascii_digit());
    static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| FACTS.iter().copied().collect());
    KNOWN.contains(key)
        || FACT_ENDS.iter().any(|end| key.ends_with(end) && key.chars().count() <= 6)
        || key.starts_with('第') && key.ends_with(['章', '节', '節', '步', '点', '點', '条', '條', '集', '期'])
}

/// A phrase that introduces a quotation or a list rather than a name.
pub(super) fn introduces(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
    SAYING
        .iter()
        .any(|verb| if verb.is_ascii() { last == *verb } else { name.len() > verb.len() && name.ends_with(verb) })
}

/// A sound or gesture by its exact name.
pub(super) fn is_direction(inside: &str) -> bool {
    let inside = inside.trim().trim_end_matches(['.', '。', '…', '!', '！']);
    DIRECTIONS.contains(&inside.to_lowercase().as_str())
}

/// A sound, a gesture or an editor's note, judged by a word in it.
pub(super) fn sounds_like_direction(inside: &str) -> bool {
    let lower = inside.trim().to_lowercase();
    let note = lower.contains('注') || lower.contains('註') || lower.contains("note");
    let short = inside.chars().count() <= 24 || note;
    short && DIRECTION_STEMS.iter().any(|stem| stands_in(&lower, stem))
}

/// In brackets in front of what someone says, without a clause: what they do meanwhile (`（指着窗外）你看`).
pub(super) fn opens_with_direction(inside: &str) -> bool {
    let (chars, words) = (inside.chars().count(), inside.split_whitespace().count());
    let clause = inside.contains(['，', '。', '？', '！', ',', '.', '?', '!', ':', '：', '“', '"']);
    let said =
        inside.starts_with(['我', '你', '您']) || inside.contains("这") || inside.chars().all(|c| !c.is_alphabetic());
    !clause && !said && if inside.is_ascii() { words <= 5 } else { chars <= 10 }
}

fn stands_in(text: &str, stem: &str) -> bool {
    text.match_indices(stem).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        !stem.is_ascii() || before.is_none_or(|c| !c.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_reads_as_a_person_would() {
        assert!(
            is_credit("责任编辑")
                && is_credit("editor")
                && is_credit("photosby")
                && !is_credit("主持人")
                && !is_credit("语文")
        );
        assert!(is_fact("视频时长") && is_fact("第三章") && is_fact("figure2") && !is_fact("沈一鸣"));
        assert!(introduces("他说") && introduces("Then she said") && !introduces("说") && !introduces("John"));
        assert!(is_direction("Laughs") || sounds_like_direction("Laughs"));
        assert!(sounds_like_direction("他笑着摇头") && !sounds_like_direction("我的老师"));
        assert!(!sounds_like_direction("the blackboard was nearby"));
    }
}
