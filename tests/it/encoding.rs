//! Encodings: the same captions in each come out right; what was guessed is said; no byte is dropped.

use proptest::prelude::*;
use zimu::ErrorKind;
use zimu::diag::{Lang, Report, codes};
use zimu::source::{Encoding, Source, decode};

const ZH_HANS: &str = include_str!("../../fixtures/encoding/captions--zh-hans.srt");
const ZH_HANT: &str = include_str!("../../fixtures/encoding/captions--zh-hant.srt");
const JA: &str = include_str!("../../fixtures/encoding/captions--ja.srt");
const KO: &str = include_str!("../../fixtures/encoding/captions--ko.srt");
const RU: &str = include_str!("../../fixtures/encoding/captions--ru.srt");
const FR: &str = include_str!("../../fixtures/encoding/captions--fr.srt");
const EL: &str = include_str!("../../fixtures/encoding/captions--el.srt");
const CS: &str = include_str!("../../fixtures/encoding/captions--cs.srt");
const TR: &str = include_str!("../../fixtures/encoding/captions--tr.srt");

/// Encoding and the texts that people keep in it.
const LEGACY: &[(&str, &[&str])] = &[
    ("gb18030", &[ZH_HANS]),
    ("Big5", &[ZH_HANT]),
    ("Shift_JIS", &[JA]),
    ("EUC-JP", &[JA]),
    ("ISO-2022-JP", &[JA]),
    ("EUC-KR", &[KO]),
    ("windows-1251", &[RU]),
    ("KOI8-R", &[RU]),
    ("windows-1252", &[FR]),
    ("windows-1253", &[EL]),
    ("windows-1250", &[CS]),
    ("windows-1254", &[TR]),
];

/// One cue or less: the hard case.
const SHORT: &[(&str, &[&str])] = &[
    ("gb18030", &["你好", "你好，世界。", "对。", "是的", "谢谢大家", "从idea到产品", "啊？", "我觉得要分两方面来看"]),
    ("Big5", &["你好，世界。", "對。", "謝謝大家", "這是個好問題"]),
    ("Shift_JIS", &["こんにちは", "はい。", "カメラ", "東京都"]),
    ("EUC-JP", &["こんにちは", "はい。", "カメラ", "東京都"]),
    ("EUC-KR", &["안녕하세요", "네.", "감사합니다"]),
    ("windows-1251", &["Привет", "Спасибо всем"]),
    ("KOI8-R", &["Привет", "Спасибо всем"]),
    ("windows-1252", &["à demain", "où êtes-vous", "C’est déjà l’été…"]),
];

fn encode(name: &str, text: &str) -> Vec<u8> {
    let wide = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect();
    match name {
        "UTF-16LE" => wide(u16::to_le_bytes),
        "UTF-16BE" => wide(u16::to_be_bytes),
        "UTF-32LE" => text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(),
        "UTF-32BE" => text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect(),
        _ => {
            let (bytes, _, lossy) = encoding_rs::Encoding::for_label(name.as_bytes()).unwrap().encode(text);
            assert!(!lossy, "{name} cannot hold {text}");
            bytes.into_owned()
        }
    }
}

fn read(bytes: Vec<u8>) -> (Source, Report) {
    let mut report = Report::default();
    let source = decode("a.srt", bytes, None, &mut report).unwrap();
    (source, report)
}

#[test]
fn captions_in_legacy_encodings_are_found() {
    for (name, texts) in LEGACY.iter().chain(SHORT) {
        for text in *texts {
            let (source, report) = read(encode(name, text));
            assert_eq!(source.text(), *text, "{name} read as {}", source.encoding().encoding.name());
            assert_eq!(source.encoding().encoding.name(), *name);
            assert_eq!((report.count(codes::parse::ENCODING_GUESSED), report.total()), (1, 1));
            let sure = source.encoding().confidence;
            assert!(sure < 1.0 && (sure > 0.6 || text.len() < 40), "{name} {sure} {text}");
        }
    }
}

#[test]
fn captions_in_wide_encodings_need_no_byte_order_mark() {
    let all = [
        ZH_HANS,
        ZH_HANT,
        JA,
        KO,
        RU,
        FR,
        EL,
        CS,
        TR,
        "1",
        "你好，世界。",
        "对。",
        "plain English\n",
        "네.\n",
        "a😀b\n",
    ];
    for name in ["UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"] {
        for text in all {
            let (source, report) = read(encode(name, text));
            assert_eq!((source.text(), source.encoding().encoding.name()), (text, name));
            assert_eq!(report.count(codes::parse::ENCODING_GUESSED), 1);
        }
    }
}

#[test]
fn byte_order_marks_decide_and_go() {
    let marks: [(&str, &[u8]); 6] = [
        ("UTF-8", b"\xEF\xBB\xBF"),
        ("UTF-16LE", b"\xFF\xFE"),
        ("UTF-16BE", b"\xFE\xFF"),
        ("UTF-32LE", b"\xFF\xFE\0\0"),
        ("UTF-32BE", b"\0\0\xFE\xFF"),
        ("gb18030", b"\x84\x31\x95\x33"),
    ];
    for (name, mark) in marks {
        for text in ["", "字", ZH_HANS] {
            let (source, report) = read([mark, &encode(name, text)].concat());
            assert_eq!((source.text(), source.encoding().encoding.name()), (text, name));
            assert!(source.encoding().bom && source.encoding().confidence == 1.0 && report.is_empty());
        }
    }
}

#[test]
fn utf8_is_taken_over_without_a_copy() {
    let bytes = ZH_HANS.as_bytes().to_vec();
    let at = bytes.as_ptr();
    let (source, report) = read(bytes);
    assert_eq!(source.text().as_ptr(), at);
    assert!(report.is_empty());
    assert_eq!(
        read(b"a\0b \x1B[0m".to_vec()).0.text(),
        "a\0b \x1B[0m",
        "NULs and escapes alone make no other encoding"
    );
}

#[test]
fn the_user_has_the_last_word() {
    let forced = |label: &str, bytes: &[u8]| {
        let mut report = Report::default();
        let source = decode("a", bytes.to_vec(), Encoding::parse(label), &mut report).unwrap();
        (source.text().to_owned(), report.total(), source.encoding().bom)
    };
    assert_eq!(forced("latin1", "é".as_bytes()), ("Ã©".to_owned(), 0, false));
    assert_eq!(forced("big5", &encode("Big5", "沒")), ("沒".to_owned(), 0, false));
    assert_eq!(forced("utf-16", b"\xFE\xFF\x5B\x57"), ("字".to_owned(), 0, true), "a mark says the byte order");
    assert_eq!(forced("utf-32be", b"\0\0\x5B\x57"), ("字".to_owned(), 0, false));
    assert_eq!(forced("gbk", b"\xEF\xBB\xBF\xD7\xD6"), ("锘孔�".to_owned(), 1, false));
}

#[test]
fn bad_bytes_are_located_and_kept_as_replacement_characters() {
    let bytes = [ZH_HANS.as_bytes(), b"\xFF\xFE\xFF tail \xC3\n", ZH_HANS.as_bytes()].concat();
    let (source, report) = read(bytes);
    assert_eq!(source.text(), format!("{ZH_HANS}��� tail �\n{ZH_HANS}"));
    assert_eq!(source.encoding().encoding, Encoding::UTF_8);
    let bad: Vec<_> = report.items().iter().filter(|d| d.code == codes::parse::BAD_BYTES).collect();
    assert_eq!(bad.len(), 2);
    assert_eq!(bad[0].message(Lang::En), "3 bytes are not valid UTF-8 and became U+FFFD");
    assert_eq!(source.line_column(bad[0].at.span.unwrap().start).line, 17);
    assert_eq!(source.slice(bad[1].at.span.unwrap()), "�");

    let (source, report) = read([encode("gb18030", ZH_HANS), b"\xFF\n".to_vec()].concat());
    assert_eq!(source.text(), format!("{ZH_HANS}�\n"));
    assert_eq!(report.count(codes::parse::BAD_BYTES), 1);
    let (source, _) = read([encode("UTF-16LE", ZH_HANS), b"x".to_vec()].concat());
    assert_eq!(source.text(), format!("{ZH_HANS}�"));
}

#[test]
fn letters_far_into_a_large_file_are_found() {
    let timing = "00:00:01,000 --> 00:00:02,000\r\nplain words\r\n\r\n".repeat(20_000);
    let bytes = [timing.as_bytes(), &encode("gb18030", ZH_HANS)].concat();
    let (source, _) = read(bytes);
    assert!(source.text().ends_with(ZH_HANS));
    let long_line = "x".repeat(200_000) + "这是一行很长的文字，我们说了很多话。";
    assert_eq!(read(encode("gb18030", &long_line)).0.text(), long_line);
}

#[test]
fn what_is_no_text_is_refused() {
    let noise: Vec<u8> = (0..20_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for bytes in [
        noise,
        b"\x7FELF\x02\x01\x01\0\0\0\0\xFF\xFE\x80\x01\x02".to_vec(),
        b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x01\0".to_vec(),
    ] {
        let error = decode("a.mp4", bytes, None, &mut Report::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unreadable);
        assert_eq!(error.to_string(), "a.mp4 is not text (if it is, name its encoding with --encoding)");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_text_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), label in 0usize..6) {
        let forced = [None, Some("gbk"), Some("utf-16be"), Some("utf-32"), Some("shift_jis"), Some("utf-8")][label];
        let mut report = Report::default();
        let result = decode("a", bytes.clone(), forced.and_then(Encoding::parse), &mut report);
        if let Ok(source) = result {
            let replaced = source.text().contains('\u{FFFD}');
            prop_assert!(report.count(codes::parse::BAD_BYTES) == 0 || replaced);
            if let Ok(text) = std::str::from_utf8(&bytes) && forced == Some("utf-8") {
                prop_assert_eq!(source.text(), text.strip_prefix('\u{FEFF}').unwrap_or(text));
            }
        }
    }
}
