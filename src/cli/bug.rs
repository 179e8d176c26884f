//! A panic is a fault of zimu: caught, told as one, with its own exit code.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Mutex;
use zimu::{Error, ErrorKind, Result};

/// Where the last panic happened, as the hook saw it.
static PLACE: Mutex<Option<String>> = Mutex::new(None);

/// Runs `work`; a panic in it becomes [`ErrorKind::Internal`].
pub(super) fn guard<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line()));
        let payload = info.payload();
        let text = payload.downcast_ref::<&str>().copied().or(payload.downcast_ref::<String>().map(String::as_str));
        let text = text.unwrap_or("no message");
        if let Ok(mut slot) = PLACE.lock() {
            *slot = Some(format!("{text} ({})", place.unwrap_or_default()));
        }
    }));
    // What `work` leaves half done is only shown, never worked on further.
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    drop(panic::take_hook());
    result.unwrap_or_else(|_| Err(bug()))
}

fn bug() -> Error {
    let place = PLACE.lock().ok().and_then(|mut slot| slot.take()).unwrap_or_default();
    Error::new(ErrorKind::Internal, format!("this is a bug in zimu: {place}"))
        .with_remedy("nothing was lost; please report it with the command and the input")
        .with_chinese(format!("这是 zimu 的程序错误：{place}"))
        .with_chinese_remedy("没有丢失任何内容；请附上命令和输入文件报告此问题")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_that_names_its_place() {
        let error = guard::<()>(|| panic!("index {}", 7)).unwrap_err();
        assert_eq!(error.kind().class().exit, 70);
        assert!(error.message().contains("index 7 (src/cli/bug.rs:"), "{error}");
    }
}
