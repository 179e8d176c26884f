//! Breaks: where a line may never end, and which end is better.

use proptest::prelude::*;
use zimu::words::{Break, Judge, Place};

/// The break after `before`, if a line may end there without tearing what belongs together.
fn after(text: &str, before: &str) -> Option<Break> {
    let breaks = Judge::default().breaks(text, &[]);
    let at = text.find(before).unwrap_or_else(|| panic!("`{before}` in `{text}`")) + before.len();
    breaks.into_iter().find(|b| b.at as usize == at && b.place != Place::Inside)
}

fn cost(text: &str, before: &str) -> u16 {
    after(text, before).unwrap_or_else(|| panic!("a break after `{before}` in `{text}`")).cost
}

/// Whether nothing breaks strictly inside `piece`.
fn whole(text: &str, piece: &str, judge: &Judge) -> bool {
    let start = text.find(piece).unwrap();
    let breaks = judge.breaks(text, &[]);
    !breaks.iter().any(|b| b.place != Place::Inside && (start + 1..start + piece.len()).contains(&(b.at as usize)))
}

#[test]
fn what_belongs_together_stays_whole() {
    for (text, piece) in [
        ("我们在这里等了12年才看到结果", "12年"),
        ("这次考试只拿到80分也很好", "80分"),
        ("大家一共花了两年半的时间", "两年半"),
        ("城里有几百万人每天出门", "几百万人"),
        ("全长是5分59秒左右", "5分59秒"),
        ("我们要做到0.8+0.8>2的效果", "0.8+0.8>2"),
        ("那一年是 1 + 1 = 2 的问题", "1 + 1 = 2"),
        ("比例大约3:1最合适", "3:1"),
        ("价格涨了12.5%左右", "12.5%"),
        ("国外有Blue Valley这样的公司", "Blue Valley"),
        ("他读过威廉·莎士比亚的全部剧本", "威廉·莎士比亚"),
        ("我看了《长安十二时辰》三遍", "《长安十二时辰》"),
        ("听说汪老师今天也来", "汪老师"),
        ("你要不要一起过来", "要不要"),
        ("大家都知道人工智能很热", "人工智能"),
        ("我们看到了学生们的努力", "学生们的"),
        ("它跑得很快也飞得很高", "跑得"),
        ("And then Mr. Harrow arrived from New Haven.", "Mr. Harrow"),
        ("And then Mr. Harrow arrived from New Haven.", "New Haven"),
        ("It costs $3,000.50 at noon.", "$3,000.50"),
        ("Nobody knows e\u{301}clairs.", "e\u{301}clairs"),
        ("我们👨\u{200d}👩\u{200d}👧都来了", "👨\u{200d}👩\u{200d}👧"),
    ] {
        assert!(whole(text, piece, &Judge::default()), "{piece}: {:?}", Judge::default().breaks(text, &[]));
    }
}

#[test]
fn nothing_ends_after_an_opening_or_before_a_closing_mark() {
    for (text, before) in [
        ("他说“好”，走了", "“"),
        ("他说“好”，走了", "好"),
        ("他说“好”，走了", "”"),
        ("他说\"好\",走了", "\""),
        ("见（注）吧", "（"),
        ("见（注）吧", "注"),
        ("走了。真的？", "了"),
        ("一、二、三", "一"),
        ("等等……算了", "…"),
        ("(see below), then", "below"),
    ] {
        assert_eq!(after(text, before), None, "after {before} in {text}");
    }
}

#[test]
fn punctuation_ranks_the_ends() {
    let text = "我来了。他说，苹果、梨都好；你看AI,有希望。";
    let place = |before| after(text, before).unwrap().place;
    assert_eq!(place("我来了。"), Place::Sentence);
    assert_eq!(place("他说，"), Place::Comma);
    assert_eq!(place("苹果、"), Place::Item);
    assert_eq!(place("都好；"), Place::Clause);
    assert_eq!(place("AI,"), Place::Comma, "half width between Chinese");
    assert_eq!(place("你看"), Place::Word);
    let english = "Well, at 3.5 km Dr. Lee stopped. Then he ran!";
    assert_eq!(after(english, "stopped. ").unwrap().place, Place::Sentence);
    assert_eq!(after(english, "Well, ").unwrap().place, Place::Comma);
    assert_eq!(after(english, "Dr. "), None, "a title and a name");
}

#[test]
fn a_reader_prefers_the_first_of_each_pair() {
    for (text, better, worse) in [
        ("我们今天早上一起吃了饭但是没有时间聊天", "吃了饭", "没有"),
        ("这是非常重要的意义所在的地方", "重要的", "非常"),
        ("大家能够接触到最前沿的知识和平台", "大家", "能够"),
        ("他把最难的事情留给自己", "他", "把"),
        ("我有一个老师住在附近", "老师", "一个"),
        ("那是我来到这里的时候他告诉我的", "时候", "这里的"),
        ("这是整个高校的知识产权转化和体制的建设", "高校的", "知识产权"),
        ("我们没有意识到产业转化这件事情", "意识到", "意识到产业"),
        ("People think of the lighthouse as a monument", "lighthouse ", "the "),
        ("They have been waiting because nobody told them", "waiting ", "been "),
        ("She gave up when the old bridge fell down", "up ", "old "),
        ("I asked Mara Ellison about the weather report", "Ellison ", "about "),
    ] {
        let torn = after(text, worse).map_or(u16::MAX, |b| b.cost);
        assert!(cost(text, better) < torn, "{text}: {} {torn}", cost(text, better));
    }
}

#[test]
fn names_without_a_dictionary_are_learnt_from_use() {
    let texts = [
        "鸿图云岫主要在做些什么？",
        "我看鸿图云岫也参与进来了。",
        "通过鸿图云岫优化的技术，让鸿图云岫成长。",
        "这就是鸿图云岫。",
    ];
    let judge = Judge::learn(texts, ["欧阳小满"]);
    for text in texts {
        assert!(whole(text, "鸿图云岫", &judge), "{text}: {:?}", judge.breaks(text, &[]));
    }
    assert!(whole("今天欧阳小满也在", "欧阳小满", &judge));
}

#[test]
fn a_glued_range_is_torn_only_as_a_last_resort() {
    let text = "从idea(点子)到产品";
    let glued = 3..15;
    assert_eq!(&text[3..15], "idea(点子)");
    let breaks = Judge::default().breaks(text, &[glued]);
    let inside: Vec<_> = breaks.iter().filter(|b| b.at > 3 && b.at < 15).collect();
    assert!(!inside.is_empty() && inside.iter().all(|b| b.place == Place::Inside), "{breaks:?}");
    assert!(breaks.iter().any(|b| b.at == 15 && b.place != Place::Inside), "{breaks:?}");
}

#[test]
fn unbroken_and_hostile_texts_take_linear_time() {
    let start = std::time::Instant::now();
    for piece in ["a", "字", "“", "”", "·", "0+", ". ", "\"", "一不", "A ", "《", "\n", "，", "👨\u{200d}", "第1"]
    {
        let text = piece.repeat(50_000 / piece.len());
        Judge::learn([text.as_str()], []).breaks(&text, &[]);
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn breaks_are_ordered_and_lie_between_characters(text in "[一-三我们的了很好在年月“”《》（），。、！a-dA-C0-9+> .,:'\"·\n-]{0,60}") {
        let breaks = Judge::default().breaks(&text, &[]);
        prop_assert!(breaks.windows(2).all(|w| w[0].at < w[1].at));
        for b in breaks {
            prop_assert!(b.at > 0 && (b.at as usize) < text.len() && text.is_char_boundary(b.at as usize));
            let next = text[b.at as usize..].chars().next().unwrap();
            prop_assert!(!"”》），。、！".contains(next), "{} before {next}", b.at);
            let before = text[..b.at as usize].trim_end_matches(' ').chars().next_back();
            prop_assert!(before.is_none_or(|c| !"“《（".contains(c)));
        }
    }
}
