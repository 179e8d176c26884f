//! Money and units of measure after a number.

use super::number::Match;
use super::{chinese, english};

/// Symbol, in Chinese, in English for one and for several.
const CURRENCIES: &[(&str, &str, &str, &str)] = &[
    ("US$", "美元", "U S dollar", "U S dollars"),
    ("HK$", "港元", "Hong Kong dollar", "Hong Kong dollars"),
    ("$", "美元", "dollar", "dollars"),
    ("¥", "元", "yuan", "yuan"),
    ("€", "欧元", "euro", "euros"),
    ("£", "英镑", "pound", "pounds"),
];

pub(super) fn money(m: &Match<'_>) -> Option<String> {
    let (_, zh, one, many) = CURRENCIES.iter().find(|(symbol, ..)| *symbol == m.group(1))?;
    let scale = m.group(3).trim();
    // The scale in Chinese, after moving the point so many places: $12B is 120亿.
    let (places, scale_zh, scale_en) = match scale {
        "thousand" | "k" | "K" => (3, "", "thousand"),
        "million" | "M" => (2, "万", "million"),
        "billion" | "B" | "bn" => (1, "亿", "billion"),
        "trillion" => (0, "万亿", "trillion"),
        "万" => (0, "万", "ten thousand"),
        "亿" => (0, "亿", "hundred million"),
        other => (0, other, other),
    };
    let amount = m.group(2).replace(',', "");
    let en = || match amount.split_once('.') {
        Some((whole, cents)) if scale.is_empty() && cents.len() == 2 => {
            format!("{} {many} {}", english::cardinal(whole), english::cardinal(cents))
        }
        _ => {
            let name = if amount == "1" && scale.is_empty() { one } else { many };
            format!("{} {scale_en} {name}", english::cardinal(&amount))
        }
    };
    m.either(|| format!("{}{scale_zh}{zh}", chinese::cardinal(&shifted(&amount, places))), en)
}

/// The number with its point `places` to the right: 1.5 by one is 15.
fn shifted(number: &str, places: usize) -> String {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let moved: String = fraction.chars().chain(std::iter::repeat('0')).take(places).collect();
    let rest: String = fraction.chars().skip(places).collect();
    let point = if rest.is_empty() { "" } else { "." };
    format!("{whole}{moved}{point}{rest}")
}

/// Units of measure: as written, in Chinese, in English.
const UNITS: &[(&str, &str, &str)] = &[
    ("km/h", "公里每小时", "kilometers per hour"),
    ("m/s", "米每秒", "meters per second"),
    ("km²", "平方公里", "square kilometers"),
    ("m²", "平方米", "square meters"),
    ("m³", "立方米", "cubic meters"),
    ("km", "公里", "kilometers"),
    ("cm", "厘米", "centimeters"),
    ("mm", "毫米", "millimeters"),
    ("nm", "纳米", "nanometers"),
    ("μm", "微米", "micrometers"),
    ("µm", "微米", "micrometers"),
    ("m", "米", "meters"),
    ("kg", "千克", "kilograms"),
    ("mg", "毫克", "milligrams"),
    ("g", "克", "grams"),
    ("mL", "毫升", "milliliters"),
    ("ml", "毫升", "milliliters"),
    ("L", "升", "liters"),
    ("ms", "毫秒", "milliseconds"),
    ("s", "秒", "seconds"),
    ("min", "分钟", "minutes"),
    ("h", "小时", "hours"),
    ("Hz", "赫兹", "hertz"),
    ("kHz", "千赫", "kilohertz"),
    ("MHz", "兆赫", "megahertz"),
    ("GHz", "吉赫", "gigahertz"),
    ("kW", "千瓦", "kilowatts"),
    ("kWh", "千瓦时", "kilowatt hours"),
    ("W", "瓦", "watts"),
    ("℃", "摄氏度", "degrees celsius"),
    ("°C", "摄氏度", "degrees celsius"),
    ("℉", "华氏度", "degrees fahrenheit"),
    ("°F", "华氏度", "degrees fahrenheit"),
    ("°", "度", "degrees"),
    ("am", "点", "A M"),
    ("pm", "点", "P M"),
];

pub(super) fn unit(m: &Match<'_>) -> Option<String> {
    let (_, zh, en) = UNITS.iter().find(|(unit, ..)| *unit == m.group(2))?;
    let parted = m.found.get(0)?.as_str().contains(' ') && m.group(2).len() == 1;
    let goes_on = m.after.starts_with(|c: char| c.is_alphanumeric() && !crate::lang::is_han(c));
    if parted || goes_on {
        return None;
    }
    m.either(|| format!("{}{zh}", m.quantity(1)), || format!("{} {en}", m.quantity(1)))
}
