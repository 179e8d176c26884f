//! Which of the files that were named is the media, and which the article: by their content.

#[cfg(feature = "audio")]
use super::is_media;
use crate::error::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};

/// The files of a job, told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs {
    /// With sound, if one was named.
    pub media: Option<PathBuf>,
    /// The article, or a saved transcript or alignment.
    pub article: PathBuf,
}

/// Tells media and article apart, in whatever order they were named.
///
/// # Errors
/// [`ErrorKind::Usage`] if there are two of a kind, or no article; those of reading the files.
pub fn inputs(paths: &[PathBuf]) -> Result<Inputs> {
    let [first, rest @ ..] = paths else { return Err(no_article(None)) };
    match rest {
        [] if is_media(first) => Err(no_article(Some(first))),
        [] => Ok(Inputs { media: None, article: first.clone() }),
        [second] => match (is_media(first), is_media(second)) {
            (true, false) => Ok(Inputs { media: Some(first.clone()), article: second.clone() }),
            (false, true) => Ok(Inputs { media: Some(second.clone()), article: first.clone() }),
            (true, true) => Err(no_article(Some(first))),
            (false, false) => Err(no_media([first, second])),
        },
        _ => Err(Error::new(ErrorKind::Usage, "one media file and one article are timed at a time")
            .with_remedy("run it once for each pair")
            .with_chinese("一次只处理一个媒体文件和一篇文章")
            .with_chinese_remedy("请逐对运行")),
    }
}

/// Without decoders nothing is media.
#[cfg(not(feature = "audio"))]
fn is_media(_: &Path) -> bool {
    false
}

fn no_article(media: Option<&Path>) -> Error {
    let name = media.map_or("MEDIA".to_owned(), |path| path.display().to_string());
    Error::new(ErrorKind::Usage, "no article was named")
        .with_remedy(format!("`zimu align {name} ARTICLE.txt -o NAME.srt`"))
        .with_chinese("没有指定文章")
        .with_chinese_remedy(format!("用法：`zimu align {name} 文章.txt -o 名称.srt`"))
}

fn no_media(paths: [&Path; 2]) -> Error {
    let [first, second] = paths.map(|path| path.display());
    Error::new(ErrorKind::Usage, format!("neither {first} nor {second} is media that zimu knows"))
        .with_remedy("one of them must hold sound; `zimu info FILE` says what a file is")
        .with_chinese(format!("{first} 和 {second} 都不是可识别的媒体文件"))
        .with_chinese_remedy("其中一个应含有声音；`zimu info FILE` 可查看文件类型")
}
