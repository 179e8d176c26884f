//! Traditional Chinese characters as simplified ones, where one stands for the other.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Traditional and simplified forms, in pairs, of common characters that stand for each other alone. (乾, 幹, 髮,
/// 隻, 髒 and their like are left out: each has one reading of its own.)
const PAIRS: &str = "\
    長长還还覺觉傳传調调參参處处當当發发會会幾几間间將将結结難难強强親亲數数興兴為为爲为銀银業业裡里裏里個个這这\
    們们來来說说對对時时國国學学過过進进問问開开關关點点無无與与從从後后麼么樣样經经現现實实體体產产術术電电話话\
    語语請请讓让認认應应該该務务聽听見见東东車车馬马門门師师隊队級级計计記记設设訓训試试詞词譯译誰谁論论證证識识\
    議议護护變变讀读課课談谈誤误諾诺謝谢讚赞貨货財财責责費费貸贷買买賣卖資资賠赔質质購购貝贝負负貢贡軍军輕轻載载\
    轉转輪轮轟轰辦办農农運运達达違违遠远適适遲迟選选邊边鄉乡鄰邻醫医釋释錢钱鐵铁鋼钢銅铜錄录鏡镜鎮镇針针鋪铺鑽钻\
    閉闭閱阅陸陆陽阳階阶際际險险隨随離离雙双雜杂雞鸡靈灵靜静頂顶項项順顺須须預预頭头題题類类願愿顧顾顯显風风飛飞\
    飯饭飲饮館馆驚惊驗验魚鱼鮮鲜鳥鸟麗丽黃黄黨党齊齐齒齿龍龙龜龟壓压壯壮壞坏塊块場场墻墙夢梦奪夺奮奋婦妇孫孙寧宁\
    寫写審审寬宽寶宝導导屬属層层嶺岭島岛幣币帶带帥帅幫帮廠厂廣广廟庙彈弹徑径愛爱態态慣惯憂忧懷怀戰战戲戏戶户拋抛\
    掃扫掛挂採采換换損损搶抢擊击擇择擔担據据擴扩擾扰攜携攝摄敗败敵敌斷断於于暈晕暢畅書书條条棄弃楊杨極极構构樂乐\
    樓楼標标樹树機机橋桥檢检權权歐欧歡欢歲岁殘残殼壳沖冲決决沒没淚泪淺浅測测湯汤準准溝沟溫温滅灭滿满漁渔潔洁潤润\
    澤泽濟济濃浓濕湿灘滩灣湾災灾烏乌煙烟熱热燈灯燒烧營营爐炉爭争爺爷牆墙狀状獎奖獨独獲获環环瑪玛畢毕畫画異异療疗\
    監监盤盘盧卢眾众睜睁矯矫確确碼码礎础禮礼稱称積积穩稳窮穷競竞筆笔節节範范築筑簡简糧粮糾纠紀纪約约紅红納纳純纯\
    紙纸組组細细終终紹绍絕绝給给統统絲丝綠绿維维網网緊紧線线編编緩缓練练縣县縫缝縮缩總总績绩織织繞绕繼继續续罰罚\
    羅罗義义習习聖圣聞闻聯联聰聪聲声職职腦脑腳脚膚肤臉脸臨临舉举舊旧艙舱艱艰藝艺藥药蘇苏蘭兰虛虚號号虧亏蝦虾衛卫\
    衝冲補补裝装襲袭觀观規规視视觸触訂订慶庆歸归償偿債债賬账複复復复製制歷历曆历徵征佔占園园圖图圓圆團团報报奧奥\
    宮宫尋寻專专庫库張张彎弯徹彻恆恒慘惨慮虑憶忆戀恋撥拨撲扑擠挤攔拦敘叙曬晒圍围堅坚壇坛盡尽偽伪側侧傷伤優优儀仪\
    億亿凍冻創创劃划劇剧劍剑勁劲勵励勢势勻匀協协卻却廳厅縱纵叢丛嘆叹嚐尝噸吨嚇吓嚴严囑嘱執执塵尘塗涂婁娄嬌娇尷尴\
    屍尸帳帐幟帜彌弥弔吊悶闷惡恶懇恳懲惩擬拟擺摆攏拢曠旷枴拐桿杆棟栋棧栈檔档櫃柜欄栏殺杀氣气滯滞滾滚漲涨漸渐潛潜\
    潑泼潰溃濁浊瀏浏牽牵犧牺狹狭猶犹獄狱甦苏疊叠瘋疯癢痒盜盗瞭了礦矿禍祸種种竄窜籃篮籌筹籠笼紛纷紐纽絨绒綁绑綜综\
    綱纲綴缀緒绪緣缘縛缚繳缴纏缠罷罢羨羡聳耸肅肃脹胀膠胶艦舰荊荆莊庄華华萬万葉叶葷荤蓋盖蔣蒋薦荐藍蓝螢萤蟲虫袞衮\
    襯衬詐诈評评詢询詳详誇夸誠诚誡诫諮咨諺谚謀谋謊谎謙谦講讲謎谜謹谨譜谱譽誉豐丰貓猫貞贞販贩貧贫貫贯賀贺賓宾賞赏\
    賢贤賤贱賦赋賭赌賽赛贈赠趕赶趨趋跡迹踐践躍跃軌轨軟软較较輔辅輛辆輝辉輩辈輯辑輸输轄辖辭辞遞递遼辽郵邮鄭郑醜丑\
    釀酿釘钉釣钓鈔钞鈴铃銳锐銷销鋒锋錦锦錯错鍋锅鍛锻鍾钟鎖锁鏈链鐘钟閃闪閒闲閣阁闆板闖闯陣阵陰阴隸隶韓韩頁页頌颂\
    頓顿領领頻频顆颗額额顏颜颱台飄飘飼饲飽饱飾饰餃饺餅饼餓饿餘余駐驻駕驾騎骑騙骗騷骚驅驱驟骤鬆松魯鲁鯨鲸鴨鸭鴻鸿\
    鷹鹰鹽盐麥麦齡龄";

/// The simplified form of a traditional character, or the character itself. Both take as many bytes.
pub(crate) fn simplified(c: char) -> char {
    static SIMPLE: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
        let mut chars = PAIRS.chars().filter(|c| !c.is_whitespace());
        std::iter::from_fn(|| Some((chars.next()?, chars.next()?))).collect()
    });
    if c.is_ascii() { c } else { SIMPLE.get(&c).copied().unwrap_or(c) }
}

/// A script that Han characters are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HanScript {
    Simplified,
    Traditional,
}

/// Simplified forms that traditional texts have too, as characters of their own (皇后, 公里, 了).
const IN_BOTH: &str = "后里台于准几只了才松冲占制系布借克困据卷累蒙朴曲舍胜涂咸叶岳筑丰柜胡划回伙家价荐夸签沈虫余体折征致种周注党云面干斗谷\
    向并志钟复么杨当采条吊雇淀泛挽隶万与个机无杰洒霉吁症吓帘托号灶瓮烟着网亲迹岭弥姜亏凭仆佣郁愿御栗棱浚涌炼秘犹痒纤苏蜡表象赞踊辟周钩";
/// Traditional forms that simplified texts keep in some words (瞭望, 宫商角徵羽, 於 as a name).
const KEPT: &str = "瞭徵於餘鍾乾藉著";

/// The script that this character belongs to alone; `None` if both use it, or it is not known.
pub(crate) fn script_of(c: char) -> Option<HanScript> {
    static SCRIPTS: LazyLock<Vec<Option<HanScript>>> = LazyLock::new(|| {
        let chars: Vec<char> = PAIRS.chars().filter(|c| !c.is_whitespace()).collect();
        let pairs = chars.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)));
        let traditional: Vec<char> = pairs.clone().map(|(traditional, _)| traditional).collect();
        let both = pairs
            .flat_map(|(traditional, simple)| [(traditional, HanScript::Traditional), (simple, HanScript::Simplified)]);
        // A simplified form that is also the traditional form of another belongs to both.
        let sure = both.filter(|(c, script)| match script {
            HanScript::Traditional => !KEPT.contains(*c),
            HanScript::Simplified => !IN_BOTH.contains(*c) && !traditional.contains(c),
        });
        let mut table = vec![None; FIRST.abs_diff(LAST) as usize + 1];
        for (c, script) in sure {
            if let Some(slot) = place(c).and_then(|at| table.get_mut(at)) {
                *slot = Some(script);
            }
        }
        table
    });
    place(c).and_then(|at| SCRIPTS.get(at).copied().flatten())
}

/// The block that all of the pairs are in (Unicode 16.0, CJK Unified Ideographs): a whole text is asked for character by
/// character, and a table answers at once.
const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

fn place(c: char) -> Option<usize> {
    u32::from(c).checked_sub(FIRST).map(|at| at as usize)
}

/// A text with its traditional characters as simplified ones: dictionaries know more words of those. Offsets stay.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| simplified(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(simplified).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_stay() {
        let chars: Vec<char> = PAIRS.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(chars.chunks(2).all(|pair| pair[0].len_utf8() == pair[1].len_utf8()));
        assert_eq!(fold("有沒有開會"), "有没有开会");
        assert!(matches!(fold("有没有"), Cow::Borrowed(_)));
    }

    #[test]
    fn each_script_has_its_own_characters() {
        for (text, script) in
            [("这们说后里了", Some(HanScript::Simplified)), ("這們說後裡瞭", Some(HanScript::Traditional))]
        {
            let own: Vec<_> = text.chars().filter_map(script_of).collect();
            assert!(own.len() >= 3 && own.iter().all(|found| Some(*found) == script), "{text}: {own:?}");
        }
        assert_eq!("后里了人a".chars().filter_map(script_of).count(), 0);
    }

    #[test]
    fn no_pair_maps_a_form_twice() {
        let chars: Vec<char> = PAIRS.chars().filter(|c| !c.is_whitespace()).collect();
        assert_eq!(chars.len() % 2, 0);
        for pair in chars.chunks(2) {
            let others = chars.chunks(2).filter(|other| other[0] == pair[0]);
            assert!(others.clone().all(|other| other[1] == pair[1]), "{pair:?}");
        }
    }
}
