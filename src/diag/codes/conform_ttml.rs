//! Where a document does not follow a profile of TTML: each names the clause.

codes! {
    XML = "conform/ttml/xml", Error,
        "the XML is not well-formed, or has a document type declaration", "XML 格式不正确，或含有文档类型声明";
    ENCODING = "conform/ttml/encoding", Error,
        "the encoding must be UTF-8 ({clause})", "编码必须是 UTF-8（{clause}）";
    ELEMENT = "conform/ttml/element", Error,
        "`{name}` may not stand in `{parent}` ({clause})", "“{name}”不能放在“{parent}”中（{clause}）";
    ATTRIBUTE = "conform/ttml/attribute", Error,
        "`{name}` may not stand on `{element}` ({clause})", "“{name}”不能用于“{element}”（{clause}）";
    VALUE = "conform/ttml/value", Error,
        "`{text}` is no value that `{name}` may have ({clause})", "“{text}”不是“{name}”允许的取值（{clause}）";
    REQUIRED = "conform/ttml/required", Error,
        "`{element}` lacks `{name}` ({clause})", "“{element}”缺少“{name}”（{clause}）";
    NEEDS = "conform/ttml/needs", Error,
        "`{text}` needs `{name}` on `tt` ({clause})", "使用“{text}”时，`tt` 上必须有“{name}”（{clause}）";
    DUPLICATE_ID = "conform/ttml/duplicate-id", Error,
        "the id `{id}` is used twice ({clause})", "标识“{id}”重复使用（{clause}）";
    REFERENCE = "conform/ttml/reference", Error,
        "there is no {what} `{id}` ({clause})", "没有 {what}“{id}”（{clause}）";
    OUTSIDE = "conform/ttml/outside", Error,
        "the region `{id}` reaches out of the picture ({clause})", "区域“{id}”超出画面（{clause}）";
    TEXT = "conform/ttml/text", Error,
        "text may not stand directly in `{element}` ({clause})", "文字不能直接放在“{element}”中（{clause}）";
}
