//! Encodings: the same captions in each come out right; what was guessed is said; no byte is dropped.

use proptest::prelude::*;
use zimu::ErrorKind;
use zimu::diag::{Lang, Report, codes};
use zimu::source::{EncodeOptions, Encoding, Eol, Source, decode};

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

/// Encodings of the same family that are told apart by their letters alone, and characters outside the usual planes.
#[test]
fn further_alphabets_are_found() {
    let texts = [
        (
            "windows-1255",
            "1\n00:00:01,000 --> 00:00:03,000\nשלום לכולם, ברוכים הבאים אל הנמל.\n\n2\n00:00:04,000 --> 00:00:06,000\nהבוקר הרוח חזקה מאוד, ולכן נחכה.\n",
        ),
        (
            "windows-1256",
            "1\n00:00:01,000 --> 00:00:03,000\nمرحبا بكم جميعا في الميناء هذا الصباح\n\n2\n00:00:04,000 --> 00:00:06,000\nالريح قوية اليوم ولذلك سوف ننتظر قليلا\n",
        ),
        (
            "windows-1257",
            "1\n00:00:01,000 --> 00:00:03,000\nLabas rytas visiems, šiandien vėjas stiprus, o bangos aukštos.\n\n2\n00:00:03,500 --> 00:00:03,900\nKapitonas sakė, kad žvejų laivai grįš tik vakare, kai jūra nurims.\n\n3\n00:00:04,000 --> 00:00:06,000\nTodėl dar šiek tiek palauksime uoste, ačiū už kantrybę.\n",
        ),
        (
            "windows-1251",
            "1\n00:00:01,000 --> 00:00:03,000\nДоброе утро! Сегодня сильный ветер, поэтому мы подождём в порту.\n",
        ),
        (
            "KOI8-U",
            "1\n00:00:01,000 --> 00:00:03,000\nДобрий ранок! Сьогодні сильний вітер, і ми почекаємо ще трохи в порту, їхати не варто.\n",
        ),
        (
            "gb18030",
            "1\n00:00:01,000 --> 00:00:03,000\n渔民们都知道䲟鱼在哪里，也知道𠮷这个字怎么写，我们说过很多次了。\n",
        ),
    ];
    for (name, text) in texts {
        let (source, _) = read(encode(name, text));
        assert_eq!(source.text(), text, "{name} read as {}", source.encoding().encoding.name());
    }
}

#[test]
fn bad_bytes_are_located_by_line_and_cue() {
    let good = "1\n00:00:01,000 --> 00:00:02,000\n这一条没有问题，字都是好的。\n\n2\n00:00:03,000 --> 00:00:04,000\n";
    let bytes = [good.as_bytes(), b"b\xFFd and \xFE\n"].concat();
    let input = zimu::host::Input { name: "a.srt".into(), bytes };
    let mut report = Report::default();
    let captions = zimu::pipeline::captions(input, &Default::default(), &mut report).unwrap();
    assert_eq!(captions.track.cues[1].text.plain, "b\u{FFFD}d and \u{FFFD}");
    let bad: Vec<_> = report.items().iter().filter(|item| item.code == codes::parse::BAD_BYTES).collect();
    assert_eq!(bad.len(), 2);
    for item in bad {
        assert_eq!(item.at.cue, Some(1));
        assert_eq!(captions.source.line_column(item.at.span.unwrap().start).line, 7);
        assert_eq!(item.at.time, Some(zimu::time::Time::from_seconds(3)));
    }
}

#[test]
fn what_is_encoded_is_decoded() {
    let all = LEGACY.iter().flat_map(|(name, texts)| texts.iter().map(move |text| (*name, *text)));
    let wide = ["UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"].map(|name| (name, ZH_HANS));
    for (name, text) in all.chain(wide) {
        let mut options = EncodeOptions::default();
        options.encoding = Encoding::parse(name).unwrap();
        options.bom = options.encoding.bom().is_some();
        let bytes = zimu::source::encode(text, &options, |missing| panic!("{name} lacks {missing:?}"));
        let (source, _) = read(bytes);
        assert_eq!((source.text(), source.encoding().bom), (text, options.bom), "{name}");
    }
}

#[test]
fn characters_that_an_encoding_lacks_are_named_and_replaced() {
    let mut options = EncodeOptions::default();
    options.encoding = Encoding::parse("iso-2022-jp").unwrap();
    let mut missing = Vec::new();
    let bytes = zimu::source::encode("東京 😀…é\n終わり", &options, |one| missing.push(one));
    assert_eq!(read(bytes).0.text(), "東京 ?…?\n終わり");
    assert_eq!(missing.iter().map(|one| (one.offset, one.character)).collect::<Vec<_>>(), [(7, '😀'), (14, 'é')]);
    options.encoding = Encoding::parse("koi8-r").unwrap();
    let bytes = zimu::source::encode("“да” — нет…", &options, |one| assert!(one.is_kept(), "{one:?}"));
    assert_eq!(read(bytes).0.text(), "\"да\" - нет...");
}

proptest! {
    #[test]
    fn line_ends_become_the_one_that_is_asked_for(text in "([a字]{0,3}(\n|\r\n|\r)){0,6}[b]?", index in 0usize..3) {
        let (eol, end) = [(Eol::Lf, "\n"), (Eol::CrLf, "\r\n"), (Eol::Cr, "\r")][index];
        let mut options = EncodeOptions::default();
        options.eol = Some(eol);
        let expected = text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', end);
        prop_assert_eq!(zimu::source::encode(&text, &options, |_| ()), expected.as_bytes());
        options.encoding = Encoding::parse("utf-16be").unwrap();
        prop_assert_eq!(zimu::source::encode(&text, &options, |_| ()), encode("UTF-16BE", &expected));
        options.encoding = Encoding::parse("gb18030").unwrap();
        prop_assert_eq!(zimu::source::encode(&text, &options, |_| ()), encode("gb18030", &expected));
    }
}

/// No cue is left out for the sake of a letter: a film in Windows-1252, all its cues.
#[test]
fn every_cue_of_a_legacy_file_is_read() {
    let cue = |i: usize| {
        format!(
            "{i}\n00:{:02}:{:02},000 --> 00:{:02}:{:02},900\nDéjà l’été, cœur n°{i}…\n\n",
            i / 60,
            i % 60,
            i / 60,
            i % 60
        )
    };
    let text: String = (1..=1332).map(cue).collect();
    let input = zimu::host::Input { name: "film.srt".into(), bytes: encode("windows-1252", &text) };
    let mut report = Report::default();
    let captions = zimu::pipeline::captions(input, &Default::default(), &mut report).unwrap();
    assert_eq!(captions.track.cues.len(), 1332);
    assert_eq!(captions.track.cues[1331].text.plain, "Déjà l’été, cœur n°1332…");
    assert_eq!(report.count(codes::parse::ENCODING_GUESSED), 1);
}
